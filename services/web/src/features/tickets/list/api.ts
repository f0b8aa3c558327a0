import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";

import { api, data } from "@/shared/api/client";
import type { components, paths } from "@/shared/api/schema";
import { pollEvery } from "@/app/liveUpdates";

import { isLong } from "./longLists";

export type TicketItem = components["schemas"]["Ticket"];
export type TicketPage = components["schemas"]["TicketPage"];
export type TicketFilters = Omit<
  NonNullable<paths["/v1/tickets"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

const POLL_MS = 15_000;
const PAGE = 50;

/** The tickets that meet all filters, latest activity first, page by page; a long list stays as it is. */
export function useTickets(filters: TicketFilters) {
  return useInfiniteQuery({
    queryKey: ["tickets", filters],
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/v1/tickets", {
          params: { query: { ...filters, limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: (query) => !isLong(query) && pollEvery(POLL_MS),
    refetchOnMount: (query) => !isLong(query),
    refetchOnReconnect: (query) => !isLong(query),
    refetchOnWindowFocus: (query) => !isLong(query),
  });
}

/** How many tickets there are per status under the other filters. */
export function useCounts(filters: TicketFilters) {
  const others = { ...filters };
  delete others.status;
  return useQuery({
    queryKey: ["tickets", "counts", others],
    queryFn: () => data(api.GET("/v1/tickets/counts", { params: { query: others } })),
    placeholderData: keepPreviousData,
  });
}

export interface NewTicket {
  body: string;
  verdict: "improvable" | "incorrect";
  attachment_ids?: string[];
}

/** Create a generic ticket; the key makes a repeated call the same call. */
export function useCreateTicket() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: NewTicket & { key: string }) =>
      data(api.POST("/v1/tickets", { params: { header: { "Idempotency-Key": key } }, body })),
    retry: (failures, error) => error.name === "Unreachable" && failures < 5,
    networkMode: "always",
    onSettled: () => void queries.invalidateQueries({ queryKey: ["tickets"] }),
  });
}
