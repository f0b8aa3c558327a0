import { useState } from "react";

import type { TicketItem } from "./api";
import type { Choice } from "./FilterBar";

/** The stores of all tickets that were listed in this visit, by name: what support can filter by. */
export function useStoresSeen(tickets: readonly TicketItem[]): Choice[] {
  const [seen, setSeen] = useState<Choice[]>([]);
  const known = new Set(seen.map(({ value }) => value));
  const fresh = new Map<string, string>();
  for (const { store } of tickets) if (!known.has(store.id)) fresh.set(store.id, store.name);
  if (fresh.size > 0) {
    const added = [...fresh].map(([value, label]) => ({ value, label }));
    setSeen([...seen, ...added].sort((a, b) => a.label.localeCompare(b.label)));
  }
  return seen;
}
