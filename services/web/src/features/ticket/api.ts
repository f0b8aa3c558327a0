import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import type { components } from "@/api/schema";

export type Message = components["schemas"]["Message"];

const POLL_MS = 5_000;
const WAITING_MS = 500;

const path = (ticket_id: string) => ({ params: { path: { ticket_id } } });

/** One ticket; asked often while it waits for its unit. */
export function useTicket(id: string) {
  return useQuery({
    queryKey: ["ticket", id],
    queryFn: () => data(api.GET("/v1/tickets/{ticket_id}", path(id))),
    refetchInterval: (query) => (query.state.data?.status === "pending" ? WAITING_MS : POLL_MS),
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
    refetchInterval: POLL_MS,
  });
}

/** Every change of the ticket, oldest first. */
export function useTimeline(id: string, shown: boolean) {
  return useQuery({
    queryKey: ["ticket", id, "timeline"],
    queryFn: () =>
      data(
        api.GET("/v1/tickets/{ticket_id}/timeline", {
          params: { path: { ticket_id: id }, query: { limit: 100 } },
        }),
      ),
    enabled: shown,
  });
}

export interface Reply {
  key: string;
  body: string;
  internal: boolean;
  attachment_ids?: string[];
}

/** Continue the conversation; the key makes a repeated call the same call. */
export function useReply(id: string) {
  const refresh = useRefresh(id);
  return useMutation({
    mutationFn: ({ key, ...body }: Reply) =>
      data(
        api.POST("/v1/tickets/{ticket_id}/messages", {
          params: { path: { ticket_id: id }, header: { "Idempotency-Key": key } },
          body,
        }),
      ),
    retry: (failures, error) => error.name === "Unreachable" && failures < 5,
    networkMode: "always",
    onSettled: refresh,
  });
}

/** The buttons below the conversation. */
export function useActions(id: string) {
  const refresh = useRefresh(id);
  const close = useMutation({
    mutationFn: (body: { cause?: string | null; resolution?: string | null }) =>
      data(api.POST("/v1/tickets/{ticket_id}/close", { ...path(id), body })),
    onSettled: refresh,
  });
  const reopen = useMutation({
    mutationFn: () => data(api.POST("/v1/tickets/{ticket_id}/reopen", path(id))),
    onSettled: refresh,
  });
  const unread = useMutation({
    mutationFn: () => data(api.POST("/v1/tickets/{ticket_id}/unread", path(id))),
    onSettled: refresh,
  });
  const promote = useMutation({
    mutationFn: () => data(api.POST("/v1/tickets/{ticket_id}/promote", path(id))),
    onSettled: refresh,
  });
  return { close, reopen, unread, promote };
}

/** Tell the API that all there is has been seen. */
export async function markRead(id: string): Promise<void> {
  await api.POST("/v1/tickets/{ticket_id}/read", { ...path(id), body: {} });
}

function useRefresh(id: string) {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ["ticket", id] });
    void queries.invalidateQueries({ queryKey: ["tickets"] });
  };
}
