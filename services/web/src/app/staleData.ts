import type { QueryClient, QueryFilters } from "@tanstack/react-query";

import { notificationKeys } from "@/features/notifications/keys";
import { planKeys } from "@/features/plan/keys";
import { ticketKeys } from "@/features/tickets/keys";
import { isLongList } from "@/features/tickets/longLists";
import type { Invalidation } from "@/shared/api/changes";

/** Invalidate every query, of whichever feature, that shows what a call of this page changed. */
export async function refreshAfter(queries: QueryClient, invalidation: Invalidation): Promise<void> {
  await refresh(queries, shownBy(invalidation));
}

/** Invalidate every query that a live-stream event may affect: of one ticket, or of all (null). */
export function refreshAfterNews(queries: QueryClient, ticketId: string | null): void {
  void refresh(queries, [
    { queryKey: notificationKeys.all() },
    { queryKey: planKeys.quota() },
    { queryKey: ticketKeys.lists(), predicate: (query) => !isLongList(query) },
    { queryKey: ticketId ? ticketKeys.detail(ticketId) : ticketKeys.details() },
  ]);
}

function shownBy(invalidation: Invalidation): QueryFilters[] {
  switch (invalidation.kind) {
    case "ticket":
      return [
        { queryKey: ticketKeys.detail(invalidation.id) },
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
