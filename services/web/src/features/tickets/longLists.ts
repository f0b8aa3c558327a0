import type { InfiniteData, Query, QueryClient } from "@tanstack/react-query";

import type { Ticket, TicketPage } from "@/shared/api/types";

import { ticketKeys } from "./keys";

/** Above so many pages a list is not read anew by itself: that would be a request for each of them. */
export const LONG_LIST_PAGES = 10;

type CachedList = InfiniteData<TicketPage, string>;

/** Whether so much of a list was loaded that it is left as it is until somebody asks for it anew. */
export function isLongList(query: Pick<Query, "state">): boolean {
  return ((query.state.data as Partial<CachedList> | undefined)?.pages?.length ?? 0) > LONG_LIST_PAGES;
}

/** Show in long lists, which are not read anew, what is known of one of their tickets now. */
export function updateInLongLists(queries: QueryClient, id: string, known: Partial<Ticket>): void {
  const longLists = { queryKey: ticketKeys.lists(), predicate: isLongList };
  queries.setQueriesData<Partial<CachedList>>(longLists, (list) => {
    if (!list?.pages?.some((page) => page.items.some((item) => item.id === id))) return list;
    const pages = list.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === id ? { ...item, ...known } : item)),
    }));
    return { ...list, pages };
  });
}
