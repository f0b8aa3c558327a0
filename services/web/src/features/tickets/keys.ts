import type { TicketFilters } from "@/shared/api/types";

/** Where the cache keeps what was read of tickets: lists and their counts apart from single tickets. */
export const ticketKeys = {
  lists: () => ["tickets"] as const,
  list: (filters: TicketFilters) => ["tickets", filters] as const,
  counts: (filters: TicketFilters) => ["tickets", "counts", filters] as const,
  details: () => ["ticket"] as const,
  detail: (id: string) => ["ticket", id] as const,
  messages: (id: string) => ["ticket", id, "messages"] as const,
  timeline: (id: string) => ["ticket", id, "timeline"] as const,
  stores: (q: string) => ["stores", q] as const,
  storeName: (id: string | null) => ["store", id] as const,
};
