/** What the API speaks of, named once: everything here is read from its generated document. */
import type { components, paths } from "./schema";

type Schemas = components["schemas"];

export type Attachment = Schemas["Attachment"];
export type BulkAction = Schemas["Bulk"];
export type BulkResult = Schemas["BulkResult"];
export type CannedReply = Schemas["CannedReply"];
export type CloseTicket = Schemas["Close"];
export type Message = Schemas["Message"];
export type Movement = Schemas["Movement"];
export type NewTicket = Schemas["NewTicket"];
export type Notification = Schemas["Notification"];
export type Person = Schemas["Person"];
export type Preference = Schemas["Preference"];
export type Question = Schemas["Question"];
export type NewRating = Schemas["Rate"];
export type Ticket = Schemas["Ticket"];
export type TicketChanges = Schemas["Manage"];
export type TicketDetail = Schemas["TicketDetail"];
export type TicketPage = Schemas["TicketPage"];

export type Origin = Question["origin"];
export type TicketKind = Ticket["kind"];
export type TicketStatus = Ticket["status"];
export type Verdict = Ticket["verdict"];

/** What a list of tickets can be narrowed by. */
export type TicketFilters = Omit<
  NonNullable<paths["/v1/tickets"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;
