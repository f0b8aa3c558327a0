import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { api, data } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { pollEvery } from "@/app/liveUpdates";

export type Preference = components["schemas"]["Preference"];

const POLL_MS = 6_000;

/** The person's notifications, latest first; asked for again and again, so that new ones appear. */
export function useNotifications() {
  const { i18n } = useTranslation();
  return useInfiniteQuery({
    queryKey: ["notifications", i18n.language],
    queryFn: ({ pageParam }) =>
      data(api.GET("/v1/notifications", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: () => pollEvery(POLL_MS),
  });
}

/** How many are unread, for the menu. */
export function useUnreadCount(): number {
  const answer = useQuery({
    queryKey: ["notifications", "unread"],
    queryFn: () => data(api.GET("/v1/notifications", { params: { query: { limit: 1 } } })),
    refetchInterval: () => pollEvery(POLL_MS),
  });
  return answer.data?.unread_count ?? 0;
}

/** Mark those of `ids` read, or all. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | null) => data(api.POST("/v1/notifications/read", { body: { ids } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
  });
}

/** What the person is told of, by topic and channel. */
export function usePreferences() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ["preferences", i18n.language],
    queryFn: () => data(api.GET("/v1/notification-preferences")),
  });
}

/** Choose anew: `chosen` is shown at once, and given up where the API refuses. */
export function useChoosePreferences() {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Preference[] | null>(null);
  const mutationKey = ["preferences"];
  const saving = useMutation({
    mutationKey,
    mutationFn: (items: Preference[]) =>
      data(
        api.PUT("/v1/notification-preferences", {
          body: { items: items.map(({ topic, in_app, email }) => ({ topic, in_app, email })) },
        }),
      ),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ["preferences"] });
      if (queries.isMutating({ mutationKey }) === 1) setChosen(null);
    },
  });
  // State of React's own, not the cache, which tells of changes a moment later: a tick would be lost between.
  function choose(items: Preference[]) {
    setChosen(items);
    saving.mutate(items);
  }
  return { chosen, choose, error: saving.error };
}
