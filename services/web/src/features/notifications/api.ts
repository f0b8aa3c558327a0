import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, unwrap } from "@/shared/api/client";
import { pollInterval } from "@/shared/api/polling";

import { notificationKeys } from "./keys";

const POLL_MS = 6_000;

/** The person's notifications, latest first; asked for again and again, so that new ones appear. */
export function useNotifications() {
  const { i18n } = useTranslation();
  return useInfiniteQuery({
    queryKey: notificationKeys.list(i18n.language),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/v1/notifications", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: () => pollInterval(POLL_MS),
  });
}

/** How many are unread, for the menu. */
export function useUnreadCount(): number {
  const answer = useQuery({
    queryKey: notificationKeys.unreadCount(),
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/notifications", { params: { query: { limit: 1 } }, signal })),
    refetchInterval: () => pollInterval(POLL_MS),
  });
  return answer.data?.unread_count ?? 0;
}

/** Mark those of `ids` read, or all. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | null) => unwrap(api.POST("/v1/notifications/read", { body: { ids } })),
    onSettled: () => queries.invalidateQueries({ queryKey: notificationKeys.all() }),
  });
}
