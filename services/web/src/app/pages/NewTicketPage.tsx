import { QuotaNotice } from "@/features/plan/QuotaNotice";
import { NewTicketScreen } from "@/features/tickets/create/NewTicketScreen";

/** A new ticket, below how many are left. */
export function NewTicketPage() {
  return <NewTicketScreen quota={<QuotaNotice />} />;
}
