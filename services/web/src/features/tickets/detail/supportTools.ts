import type { ComponentType } from "react";

import type { CloseTicket, TicketDetail } from "@/shared/api/types";

/** Components for support only, injected by the app layer so that this feature does not import theirs. */
export interface SupportTicketTools {
  /** Who takes the ticket, and that it is under way. */
  Panel: ComponentType<{ ticket: TicketDetail }>;
  /** Texts to use again in a reply. */
  ReplyMenu: ComponentType<{ onPick: (text: string) => void }>;
  /** Asks for cause and improvement before the ticket is closed. */
  CloseDialog: ComponentType<{
    title: string;
    opened: boolean;
    onCancel: () => void;
    onClose: (reason: CloseTicket) => void;
  }>;
}
