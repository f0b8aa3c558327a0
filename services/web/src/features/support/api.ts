import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, unwrap } from "@/shared/api/client";
import type { BulkAction, TicketChanges, TicketDetail } from "@/shared/api/types";

import { supportKeys } from "./keys";

const LONG_MS = 300_000;

/** Support's people, whom tickets can be assigned to. */
export function useStaff(enabled = true) {
  return useQuery({
    queryKey: supportKeys.staff(),
    queryFn: ({ signal }) => unwrap(api.GET("/v1/staff", { signal })),
    staleTime: LONG_MS,
    enabled,
  });
}

/** Why an answer was wrong: what a ticket can be closed with. */
export function useCauses() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: supportKeys.causes(i18n.language),
    queryFn: ({ signal }) => unwrap(api.GET("/v1/causes", { signal })),
    staleTime: LONG_MS,
  });
}

/** Support's changes to the version of the ticket that is shown; a change meanwhile is refused. */
export function useManageTicket(ticket: TicketDetail) {
  return useMutation({
    mutationFn: (changes: TicketChanges) =>
      unwrap(
        api.PATCH("/v1/tickets/{ticket_id}", {
          params: { path: { ticket_id: ticket.id }, header: { "If-Match": `"${ticket.version}"` } },
          body: changes,
        }),
      ),
    meta: { invalidates: { kind: "ticket", id: ticket.id } },
  });
}

/** One action for many tickets; each has a result of its own. */
export function useBulkAction() {
  return useMutation({
    mutationFn: (body: BulkAction) => unwrap(api.POST("/v1/tickets/bulk", { body })),
    meta: { invalidates: { kind: "ticket-lists" } },
  });
}
