import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/shared/api/client";

import type { Choice } from "./FilterBar";

const LONG_MS = 300_000;
const PAGE = 50;

/** The first stores by name, of those whose name holds `q`. */
export function useStores(q: string) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ["stores", q],
    queryFn: async () => {
      const page = await data(api.GET("/v1/stores", { params: { query: { limit: PAGE, ...(q && { q }) } } }));
      for (const { id, name } of page.items) queries.setQueryData(["store", id], name);
      return page;
    },
    staleTime: LONG_MS,
    placeholderData: keepPreviousData,
  });
}

/** A store that is chosen already, as an address names it; called by the name its tickets carry. */
export function useStore(id: string | null): Choice | null {
  const name = useQuery({
    queryKey: ["store", id],
    queryFn: async () => {
      const query = { limit: 1, ...(id && { store_id: id }) };
      const page = await data(api.GET("/v1/tickets", { params: { query } }));
      return page.items[0]?.store.name ?? id;
    },
    staleTime: LONG_MS,
    enabled: Boolean(id),
  }).data;
  return id ? { value: id, label: name ?? "…" } : null;
}
