import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { api, unwrap } from "@/shared/api/client";
import type { Preference } from "@/shared/api/types";

import { preferenceKeys } from "./keys";

/** What the person is notified of, by topic and channel. */
export function usePreferences() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: preferenceKeys.list(i18n.language),
    queryFn: ({ signal }) => unwrap(api.GET("/v1/notification-preferences", { signal })),
  });
}

/** Choose anew: `chosen` is shown at once, and given up where the API refuses. */
export function useChoosePreferences() {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Preference[] | null>(null);
  const mutationKey = preferenceKeys.all();
  const saving = useMutation({
    mutationKey,
    mutationFn: (items: Preference[]) =>
      unwrap(
        api.PUT("/v1/notification-preferences", {
          body: { items: items.map(({ topic, in_app, email }) => ({ topic, in_app, email })) },
        }),
      ),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: preferenceKeys.all() });
      if (queries.isMutating({ mutationKey }) === 1) setChosen(null);
    },
  });
  // State of React's own, not the cache, which reports changes a moment later: a tick would be lost between.
  function choose(items: Preference[]) {
    setChosen(items);
    saving.mutate(items);
  }
  return { chosen, choose, error: saving.error };
}
