import { MutationCache, QueryClient } from "@tanstack/react-query";

import { Problem } from "@/shared/api/errors";

import { refreshAfter } from "./staleData";

/** The cache of what was read in one session. */
export function createQueryClient(): QueryClient {
  const queries: QueryClient = new QueryClient({
    mutationCache: new MutationCache({
      // Awaited: a button stays busy until the screen shows what it did, or what it was refused for.
      onSettled: async (_data, error, _variables, _result, mutation) => {
        const invalidation = mutation.meta?.invalidates;
        if (!invalidation || (error && invalidation.kind === "ticket-read")) return;
        await refreshAfter(queries, invalidation);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What the API refuses stays refused; a network that is away may be back.
        retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < 2,
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
  return queries;
}
