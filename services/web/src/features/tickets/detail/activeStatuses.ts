import type { TicketStatus } from "@/shared/api/types";

const ACTIVE: readonly TicketStatus[] = ["open", "in_progress", "answered"];

/** Whether the ticket is being worked on: it takes replies and can be closed. */
export function isActive(status: TicketStatus): boolean {
  return ACTIVE.includes(status);
}
