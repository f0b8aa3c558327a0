import { Stack } from "@mantine/core";

import type { TicketDetail } from "@/shared/api/types";

import { isActive } from "./activeStatuses";
import type { SupportTicketTools } from "./supportTools";
import { TicketActions } from "./TicketActions";
import { TicketFacts } from "./TicketFacts";
import { TicketTimeline } from "./TicketTimeline";

interface Props {
  ticket: TicketDetail;
  supportTools: SupportTicketTools | undefined;
}

/** What is known of the ticket, what can be done with it, and its history. */
export function TicketSidebar({ ticket, supportTools }: Props) {
  return (
    <Stack>
      <TicketFacts ticket={ticket} support={supportTools !== undefined} />
      {supportTools && isActive(ticket.status) && <supportTools.Panel ticket={ticket} />}
      <TicketActions ticket={ticket} supportTools={supportTools} />
      <TicketTimeline ticketId={ticket.id} />
    </Stack>
  );
}
