/** The values of the API's enumerations, where the page offers them as choices. */
import type { Origin } from "./types";

export {
  newTicketVerdictValues as TICKET_VERDICTS,
  ticketKindValues as TICKET_KINDS,
  ticketStatusValues as TICKET_STATUSES,
  ratingVerdictValues as VERDICTS,
} from "./schema";

/** In the order of the menu. */
export const ORIGINS = ["history", "pending", "test"] as const satisfies readonly Origin[];
