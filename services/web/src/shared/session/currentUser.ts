import { useQuery } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

const currentUserKey = ["me"] as const;

/** The person signed in, and when the API answered (`Date`); the page's parts ask it what they may show. */
export function useMe() {
  return useQuery({
    queryKey: currentUserKey,
    queryFn: async ({ signal }) => {
      const call = api.GET("/v1/me", { signal });
      const me = await unwrap(call);
      return { ...me, serverTime: (await call).response.headers.get("Date") };
    },
    staleTime: 300_000,
  });
}

/** The id of the person signed in, under which this browser keeps what they write. */
export function useUserId(): string {
  return useMe().data?.id ?? "";
}
