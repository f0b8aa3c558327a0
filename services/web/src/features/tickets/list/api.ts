import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import { pollInterval } from "@/shared/api/polling";
import type { TicketFilters } from "@/shared/api/types";

import { ticketKeys } from "../keys";
import { isLongList } from "../longLists";

const POLL_MS = 15_000;
const PAGE = 50;

/** The tickets that meet all filters, latest activity first, page by page; a long list stays as it is. */
export function useTickets(filters: TicketFilters) {
  return useInfiniteQuery({
    queryKey: ticketKeys.list(filters),
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filters, limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      return unwrap(api.GET("/v1/tickets", { params: { query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: (query) => !isLongList(query) && pollInterval(POLL_MS),
    refetchOnMount: (query) => !isLongList(query),
    refetchOnReconnect: (query) => !isLongList(query),
    refetchOnWindowFocus: (query) => !isLongList(query),
  });
}

/** Begin a list anew, at its first page. */
export function useRestartList(filters: TicketFilters): () => void {
  const queries = useQueryClient();
  return () => void queries.resetQueries({ queryKey: ticketKeys.list(filters), exact: true });
}

/** How many tickets there are per status under the other filters. */
export function useStatusCounts(filters: TicketFilters) {
  const others = { ...filters };
  delete others.status;
  return useQuery({
    queryKey: ticketKeys.counts(others),
    queryFn: ({ signal }) => unwrap(api.GET("/v1/tickets/counts", { params: { query: others }, signal })),
    placeholderData: keepPreviousData,
  });
}
