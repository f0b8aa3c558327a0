import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, data } from "@/shared/api/client";

/**
 * The present period's units. A ticket takes its unit some time after the call that made it was answered, so
 * that no answer counts as fresh when a screen is opened.
 */
export function useQuota() {
  return useQuery({
    queryKey: ["quota"],
    queryFn: () => data(api.GET("/v1/quota")),
    refetchOnMount: "always",
  });
}

/** Every plan with its benefits, in the page's language. */
export function usePlans() {
  const { i18n } = useTranslation();
  return useQuery({ queryKey: ["plans", i18n.language], queryFn: () => data(api.GET("/v1/plans")) });
}

/** Every movement of units, latest first. */
export function useStatement() {
  return useInfiniteQuery({
    queryKey: ["quota", "statement"],
    queryFn: ({ pageParam }) =>
      data(api.GET("/v1/quota/statement", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchOnMount: "always",
  });
}
