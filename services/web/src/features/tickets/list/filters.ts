import { useSearchParams } from "react-router";

import type { TicketFilters } from "./api";

export const STATUSES = ["pending", "parked", "open", "in_progress", "answered", "closed"] as const;
export const NAMES = [
  "status",
  "verdict",
  "kind",
  "origin",
  "unread",
  "created_from",
  "created_to",
  "q",
  "number",
  "store_id",
  "assignee",
] as const;

export type FilterName = (typeof NAMES)[number];
export type FilterTexts = Partial<Record<FilterName, string>>;

/** The filters as they stand in the address: a list can be shared, and the back button works. */
export function useFilters(): [FilterTexts, (next: FilterTexts) => void] {
  const [search, setSearch] = useSearchParams();
  const texts: FilterTexts = {};
  for (const name of NAMES) {
    const value = search.get(name);
    if (value) texts[name] = value;
  }
  return [texts, (next) => setSearch(Object.entries(next).filter(([, value]) => value))];
}

/** What the API is asked for: days become moments in the reader's zone. */
export function asQuery(texts: FilterTexts): TicketFilters {
  const { created_from, created_to, status, unread, number, ...rest } = texts;
  return {
    ...rest,
    ...(status && { status: status.split(",") }),
    ...(unread && { unread: unread === "true" }),
    ...(number && /^\d+$/.test(number) && { number: Number(number) }),
    ...(created_from && { created_from: startOf(created_from, 0) }),
    ...(created_to && { created_to: startOf(created_to, 1) }),
  } as TicketFilters;
}

function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
