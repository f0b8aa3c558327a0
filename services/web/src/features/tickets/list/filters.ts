import { useSearchParams } from "react-router";

import type { TicketFilters } from "@/shared/api/types";

const FILTER_NAMES = [
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
] as const satisfies readonly (keyof TicketFilters)[];

export type FilterName = (typeof FILTER_NAMES)[number];
export type FilterTexts = Partial<Record<FilterName, string>>;

/** The filters as they stand in the address: a list can be shared, and the back button works. */
export function useFilters(): [FilterTexts, (next: FilterTexts) => void] {
  const [search, setSearch] = useSearchParams();
  const texts: FilterTexts = {};
  for (const name of FILTER_NAMES) {
    const value = search.get(name);
    if (value) texts[name] = value;
  }
  return [texts, (next) => setSearch(Object.entries(next).filter(([, value]) => value))];
}

/** What the API is asked for: days become moments in the reader's zone. */
export function toQuery(texts: FilterTexts): TicketFilters {
  const { created_from, created_to, status, unread, number, ...rest } = texts;
  return {
    ...rest,
    ...(status && { status: status.split(",") }),
    ...(unread && { unread: unread === "true" }),
    ...(number && /^\d+$/.test(number) && { number: Number(number) }),
    ...(created_from && { created_from: startOfDay(created_from, 0) }),
    ...(created_to && { created_to: startOfDay(created_to, 1) }),
  } as TicketFilters;
}

/** The first moment of a day, or of one so many days later. */
function startOfDay(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
