import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import { useIdempotentCall } from "@/shared/api/idempotency";
import type { NewTicket } from "@/shared/api/types";

import { ticketKeys } from "../keys";

/** Under this name the browser keeps the draft and the call that makes a ticket of it. */
export const NEW_TICKET = "new-ticket";

/**
 * Create a generic ticket. The call is forgotten with the draft it was made of, by `forgetCall`, and not before:
 * whoever left meanwhile and sends the draft again gets the same ticket.
 */
export function useCreateTicket() {
  const queries = useQueryClient();
  const call = useIdempotentCall(NEW_TICKET);
  const create = useMutation({
    mutationFn: (body: NewTicket) =>
      unwrap(api.POST("/v1/tickets", { params: { header: call.header(body) }, body })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ticketKeys.lists() }),
  });
  return { create, forgetCall: call.forget };
}
