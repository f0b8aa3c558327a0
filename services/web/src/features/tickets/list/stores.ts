import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";

import { ticketKeys } from "../keys";

/** One entry of a list to choose from. */
export interface Choice {
  value: string;
  label: string;
}

const LONG_MS = 300_000;
const PAGE = 50;

/** The first stores by name, of those whose name holds `q`. */
export function useStores(q: string) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ticketKeys.stores(q),
    queryFn: async ({ signal }) => {
      const query = { limit: PAGE, ...(q && { q }) };
      const page = await unwrap(api.GET("/v1/stores", { params: { query }, signal }));
      for (const { id, name } of page.items) queries.setQueryData(ticketKeys.storeName(id), name);
      return page;
    },
    staleTime: LONG_MS,
    placeholderData: keepPreviousData,
  });
}

/** A store that is chosen already, as an address names it; called by the name its tickets carry. */
export function useStore(id: string | null): Choice | null {
  const name = useQuery({
    queryKey: ticketKeys.storeName(id),
    queryFn: async ({ signal }) => {
      const query = { limit: 1, ...(id && { store_id: id }) };
      const page = await unwrap(api.GET("/v1/tickets", { params: { query }, signal }));
      return page.items[0]?.store.name ?? id;
    },
    staleTime: LONG_MS,
    enabled: Boolean(id),
  }).data;
  return id ? { value: id, label: name ?? "…" } : null;
}
