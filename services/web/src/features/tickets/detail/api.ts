import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import { useIdempotentCall } from "@/shared/api/idempotency";
import { pollInterval } from "@/shared/api/polling";
import type { CloseTicket, TicketDetail } from "@/shared/api/types";

import { ticketKeys } from "../keys";
import { updateInLongLists } from "../longLists";

const POLL_MS = 4_000;
const WAITING_MS = 500;
const PAGE = 100;

const pathOf = (ticket_id: string) => ({ params: { path: { ticket_id } } });
const pageOf = (ticket_id: string, cursor: string) => ({
  params: { path: { ticket_id }, query: { limit: PAGE, ...(cursor && { cursor }) } },
});

/** One ticket; asked often while it waits for its unit. */
export function useTicket(id: string) {
  return useQuery({
    queryKey: ticketKeys.detail(id),
    queryFn: ({ signal }) => unwrap(api.GET("/v1/tickets/{ticket_id}", { ...pathOf(id), signal })),
    refetchInterval: (query) => (query.state.data?.status === "pending" ? WAITING_MS : pollInterval(POLL_MS)),
  });
}

/** The conversation, oldest first. */
export function useMessages(id: string) {
  return useInfiniteQuery({
    queryKey: ticketKeys.messages(id),
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.GET("/v1/tickets/{ticket_id}/messages", { ...pageOf(id, pageParam), signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: () => pollInterval(POLL_MS),
  });
}

/** Every change of the ticket, oldest first. */
export function useTimeline(id: string, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ticketKeys.timeline(id),
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.GET("/v1/tickets/{ticket_id}/timeline", { ...pageOf(id, pageParam), signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled,
  });
}

/** What the buttons beside the conversation do. */
export function useTicketActions(id: string) {
  const queries = useQueryClient();
  const meta = { invalidates: { kind: "ticket", id } } as const;
  const close = useMutation({
    mutationFn: (body: CloseTicket) =>
      unwrap(api.POST("/v1/tickets/{ticket_id}/close", { ...pathOf(id), body })),
    meta,
  });
  const reopen = useMutation({
    mutationFn: () => unwrap(api.POST("/v1/tickets/{ticket_id}/reopen", pathOf(id))),
    meta,
  });
  const markUnread = useMutation({
    mutationFn: () => unwrap(api.POST("/v1/tickets/{ticket_id}/unread", pathOf(id))),
    onSuccess: () => updateInLongLists(queries, id, { unread: true }),
    meta,
  });
  return { close, reopen, markUnread };
}

/** Ask again for the unit of a parked ticket. */
export function usePromoteTicket({ id, version }: TicketDetail) {
  const call = useIdempotentCall(`promote-ticket:${id}`);
  return useMutation({
    mutationFn: () => {
      // A ticket that was parked again is promoted by another call.
      const header = call.header({ version });
      return unwrap(
        api.POST("/v1/tickets/{ticket_id}/promote", { params: { path: { ticket_id: id }, header } }),
      );
    },
    onSuccess: call.forget,
    meta: { invalidates: { kind: "ticket", id } },
  });
}

/** Tell the API that the person has seen all messages. If this fails, the ticket stays unread, which is still true. */
export function useMarkTicketRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.POST("/v1/tickets/{ticket_id}/read", { ...pathOf(id), body: {} })),
    onSuccess: (_answer, id) => updateInLongLists(queries, id, { unread: false }),
    meta: { invalidates: { kind: "ticket-read" } },
  });
}
