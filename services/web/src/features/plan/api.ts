import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, unwrap } from "@/shared/api/client";

import { planKeys } from "./keys";

/**
 * The present period's units. A ticket takes its unit some time after the call that made it was answered, so
 * that no answer counts as fresh when a screen is opened.
 */
export function useQuota() {
  return useQuery({
    queryKey: planKeys.quota(),
    queryFn: ({ signal }) => unwrap(api.GET("/v1/quota", { signal })),
    refetchOnMount: "always",
  });
}

/** Every plan with its benefits, in the page's language. */
export function usePlans() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: planKeys.plans(i18n.language),
    queryFn: ({ signal }) => unwrap(api.GET("/v1/plans", { signal })),
  });
}

/** Every movement of units, latest first. */
export function useQuotaStatement() {
  return useInfiniteQuery({
    queryKey: planKeys.statement(),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/v1/quota/statement", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchOnMount: "always",
  });
}
