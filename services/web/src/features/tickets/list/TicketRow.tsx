import { Checkbox, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Ticket } from "@/shared/api/types";
import { formatDateTime } from "@/shared/time/formatting";
import { StatusBadge } from "@/shared/ui/StatusBadge";
import { VerdictLabel } from "@/shared/ui/VerdictLabel";

import classes from "./TicketList.module.css";

/** There where tickets can be selected. */
export interface Selectable {
  selected?: ReadonlySet<string>;
  onToggle?: (id: string) => void;
}

/** One ticket of the list: where it stands, what it says last, and a link to it. */
export function TicketRow({ ticket, selected, onToggle }: { ticket: Ticket } & Selectable) {
  const { t, i18n } = useTranslation();
  const name = t("tickets.numbered", { number: ticket.number });
  return (
    <div className={classes.line}>
      {onToggle && (
        <Checkbox
          aria-label={t("support.choose", { name: `${ticket.store.name} · ${name}` })}
          checked={selected?.has(ticket.id) ?? false}
          onChange={() => onToggle(ticket.id)}
        />
      )}
      <Link to={`/tickets/${ticket.id}`} className={classes.link} data-unread={ticket.unread}>
        <Group justify="space-between" gap="xs">
          <Group gap="sm">
            <span>{name}</span>
            <VerdictLabel verdict={ticket.verdict} />
            <StatusBadge status={ticket.status} />
            {ticket.unread && <span className={classes.unread}>{t("tickets.unread")}</span>}
          </Group>
          <Text size="sm" c="dimmed" component="time" dateTime={ticket.last_activity_at}>
            {formatDateTime(ticket.last_activity_at, i18n.language)}
          </Text>
        </Group>
        <bdi className={classes.excerpt}>{ticket.excerpt}</bdi>
        {onToggle && (
          <Text size="sm" c="dimmed">
            {ticket.store.name} · {ticket.assignee?.name ?? t("support.nobody")}
          </Text>
        )}
      </Link>
    </div>
  );
}
