import { useQuery } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

const currentUserKey = ["me"] as const;

/** The person signed in; the page's parts ask it what they may show. */
export function useMe() {
  return useQuery({
    queryKey: currentUserKey,
    queryFn: ({ signal }) => unwrap(api.GET("/v1/me", { signal })),
    staleTime: 300_000,
  });
}

/** The id of the person signed in, under which this browser keeps what they write. */
export function useUserId(): string {
  return useMe().data?.id ?? "";
}
