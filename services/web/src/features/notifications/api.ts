import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, data } from "@/api/client";

const POLL_MS = 15_000;

/** The person's notifications, latest first; asked for again and again, so that new ones appear. */
export function useNotifications() {
  const { i18n } = useTranslation();
  return useInfiniteQuery({
    queryKey: ["notifications", i18n.language],
    queryFn: ({ pageParam }) =>
      data(api.GET("/v1/notifications", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: POLL_MS,
  });
}

/** Mark those of `ids` read, or all. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | null) => data(api.POST("/v1/notifications/read", { body: { ids } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ["notifications"] }),
  });
}
