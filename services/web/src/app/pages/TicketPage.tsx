import { CannedReplyMenu } from "@/features/support/CannedReplyMenu";
import { CloseTicketDialog } from "@/features/support/CloseTicketDialog";
import { SupportPanel } from "@/features/support/SupportPanel";
import { TicketScreen } from "@/features/tickets/detail/TicketScreen";

const SUPPORT_TOOLS = { Panel: SupportPanel, ReplyMenu: CannedReplyMenu, CloseDialog: CloseTicketDialog };

/** A ticket, with what support is given beside the rest. */
export function TicketPage() {
  return <TicketScreen supportTools={SUPPORT_TOOLS} />;
}
