import type { InfiniteData, Query, QueryClient } from "@tanstack/react-query";

import type { TicketItem, TicketPage } from "./api";

/** Above so many pages a list is not read anew by itself: that would be a request for each of them. */
export const LONG_PAGES = 10;

type Listed = InfiniteData<TicketPage, string>;

/** Whether so much of a list was loaded that it is left as it is until somebody asks for it anew. */
export function isLong(query: Pick<Query, "state">): boolean {
  return ((query.state.data as Partial<Listed> | undefined)?.pages?.length ?? 0) > LONG_PAGES;
}

/** Show in long lists, which are not read anew, what is known of one of their tickets now. */
export function showInLists(queries: QueryClient, id: string, known: Partial<TicketItem>): void {
  queries.setQueriesData<Partial<Listed>>({ queryKey: ["tickets"], predicate: isLong }, (list) => {
    if (!list?.pages?.some((page) => page.items.some((item) => item.id === id))) return list;
    const pages = list.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === id ? { ...item, ...known } : item)),
    }));
    return { ...list, pages };
  });
}
