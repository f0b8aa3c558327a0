import { useTranslation } from "react-i18next";

import type { TicketDetail } from "@/shared/api/types";
import { formatDateTime } from "@/shared/time/formatting";

import classes from "./Ticket.module.css";

/** What is known of the ticket; of whom it is and who takes it only support reads here. */
export function TicketFacts({ ticket, support }: { ticket: TicketDetail; support: boolean }) {
  const { t, i18n } = useTranslation();
  const dateTime = (iso: string) => formatDateTime(iso, i18n.language);
  const facts: [string, string | undefined][] = [
    [t("filters.store"), support ? ticket.store.name : undefined],
    [t("ticket.openedBy"), ticket.opened_by.name],
    [t("filters.kind"), t(`kind.${ticket.kind}`)],
    [t("ticket.createdAt"), dateTime(ticket.created_at)],
    [t("ticket.lastActivity"), dateTime(ticket.last_activity_at)],
    [t("ticket.closedAt"), ticket.closed_at ? dateTime(ticket.closed_at) : undefined],
    [t("filters.assignee"), support && ticket.status === "closed" ? ticket.assignee?.name : undefined],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name} style={{ display: "contents" }}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
