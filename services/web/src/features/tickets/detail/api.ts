import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { pollEvery } from "@/app/liveUpdates";
import { showInLists } from "@/features/tickets/list/longLists";

export type Message = components["schemas"]["Message"];
export type Ticket = components["schemas"]["TicketDetail"];

const POLL_MS = 4_000;
const WAITING_MS = 500;

const path = (ticket_id: string) => ({ params: { path: { ticket_id } } });

/** One ticket; asked often while it waits for its unit. */
export function useTicket(id: string) {
  return useQuery({
    queryKey: ["ticket", id],
    queryFn: () => data(api.GET("/v1/tickets/{ticket_id}", path(id))),
    refetchInterval: (query) => (query.state.data?.status === "pending" ? WAITING_MS : pollEvery(POLL_MS)),
  });
}

/** The conversation, oldest first. */
export function useMessages(id: string) {
  return useInfiniteQuery({
    queryKey: ["ticket", id, "messages"],
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/v1/tickets/{ticket_id}/messages", {
          params: { path: { ticket_id: id }, query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: () => pollEvery(POLL_MS),
  });
}

/** Every change of the ticket, oldest first. */
export function useTimeline(id: string, shown: boolean) {
  return useInfiniteQuery({
    queryKey: ["ticket", id, "timeline"],
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/v1/tickets/{ticket_id}/timeline", {
          params: { path: { ticket_id: id }, query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: shown,
  });
}

/** The buttons below the conversation. */
export function useActions(id: string) {
  const queries = useQueryClient();
  const refresh = useRefresh(id);
  const close = useMutation({
    mutationFn: (body: { cause?: string; resolution?: string }) =>
      data(api.POST("/v1/tickets/{ticket_id}/close", { ...path(id), body })),
    onSettled: refresh,
  });
  const reopen = useMutation({
    mutationFn: () => data(api.POST("/v1/tickets/{ticket_id}/reopen", path(id))),
    onSettled: refresh,
  });
  const unread = useMutation({
    mutationFn: () => data(api.POST("/v1/tickets/{ticket_id}/unread", path(id))),
    onSuccess: () => showInLists(queries, id, { unread: true }),
    onSettled: refresh,
  });
  const promote = useMutation({
    mutationFn: () => data(api.POST("/v1/tickets/{ticket_id}/promote", path(id))),
    onSettled: refresh,
  });
  return { close, reopen, unread, promote };
}

/** Support's changes to the version of the ticket that is shown; a change meanwhile is refused. */
export function useManage(ticket: Ticket) {
  const refresh = useRefresh(ticket.id);
  return useMutation({
    mutationFn: (changes: { status?: "in_progress" | "open"; assignee_id?: string | null }) =>
      data(
        api.PATCH("/v1/tickets/{ticket_id}", {
          params: { path: { ticket_id: ticket.id }, header: { "If-Match": `"${ticket.version}"` } },
          body: changes,
        }),
      ),
    onSettled: refresh,
  });
}

/** Tell the API that all there is has been seen. */
export async function markRead(id: string): Promise<void> {
  await api.POST("/v1/tickets/{ticket_id}/read", { ...path(id), body: {} });
}

function useRefresh(id: string) {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [["ticket", id], ["tickets"], ["notifications"]].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
}
