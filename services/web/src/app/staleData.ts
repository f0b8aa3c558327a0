import type { QueryClient, QueryFilters } from "@tanstack/react-query";

import { notificationKeys } from "@/features/notifications/keys";
import { planKeys } from "@/features/plan/keys";
import { ticketKeys } from "@/features/tickets/keys";
import { isLongList } from "@/features/tickets/longLists";
import type { Change } from "@/shared/api/changes";

/** Ask anew for all that shows what a call of this page changed, in whichever feature. */
export async function refreshAfter(queries: QueryClient, change: Change): Promise<void> {
  await refresh(queries, shownBy(change));
}

/** Ask anew for all that news of the live stream may show in; of one ticket, or of any (null). */
export function refreshAfterNews(queries: QueryClient, ticketId: string | null): void {
  void refresh(queries, [
    { queryKey: notificationKeys.all() },
    { queryKey: planKeys.quota() },
    { queryKey: ticketKeys.lists(), predicate: (query) => !isLongList(query) },
    { queryKey: ticketId ? ticketKeys.detail(ticketId) : ticketKeys.details() },
  ]);
}

function shownBy(change: Change): QueryFilters[] {
  switch (change.kind) {
    case "ticket":
      return [
        { queryKey: ticketKeys.detail(change.id) },
        { queryKey: ticketKeys.lists() },
        { queryKey: notificationKeys.all() },
      ];
    case "ticket-read":
      return [{ queryKey: notificationKeys.all() }, { queryKey: ticketKeys.lists() }];
    case "ticket-lists":
      return [{ queryKey: ticketKeys.lists() }];
  }
}

async function refresh(queries: QueryClient, filters: QueryFilters[]): Promise<void> {
  await Promise.all(filters.map((filter) => queries.invalidateQueries(filter)));
}
