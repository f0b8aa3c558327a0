import { Badge, Group, Text } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { moment } from "@/ui/time";
import { Verdict } from "@/ui/Verdict";

import type { TicketItem } from "./api";
import classes from "./TicketList.module.css";

const ROW_PX = 84;

interface Props {
  tickets: TicketItem[];
  support: boolean;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}

/** The list; only the rows in view exist, so that ten thousand scroll as smoothly as ten. */
export function TicketList({ tickets, support, hasMore, loadingMore, onMore }: Props) {
  const { t } = useTranslation();
  const [top, setTop] = useState(0);
  const place = useCallback((list: HTMLDivElement | null) => {
    if (list) setTop(list.getBoundingClientRect().top + window.scrollY);
  }, []);
  const rows = useWindowVirtualizer({
    count: tickets.length,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: top,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= tickets.length - 10) onMore();
  }, [hasMore, last, loadingMore, onMore, tickets.length]);
  return (
    <div
      ref={place}
      role="list"
      aria-label={t("modules.tickets")}
      className={classes.list}
      style={{ height: rows.getTotalSize() }}
    >
      {items.map((item) => {
        const ticket = tickets[item.index];
        if (!ticket) return null;
        return (
          <div
            key={ticket.id}
            role="listitem"
            ref={rows.measureElement}
            data-index={item.index}
            className={classes.row}
            style={{ transform: `translateY(${item.start - top}px)` }}
          >
            <Row ticket={ticket} support={support} />
          </div>
        );
      })}
    </div>
  );
}

function Row({ ticket, support }: { ticket: TicketItem; support: boolean }) {
  const { t, i18n } = useTranslation();
  return (
    <Link
      to={`/tickets/${ticket.id}`}
      className={classes.link}
      data-unread={ticket.unread}
      aria-label={`${t("tickets.numbered", { number: ticket.number })}: ${ticket.excerpt}${
        ticket.unread ? ` (${t("tickets.unread")})` : ""
      }`}
    >
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Group gap="sm">
          <Text component="span">{t("tickets.numbered", { number: ticket.number })}</Text>
          <Verdict verdict={ticket.verdict} />
          <Badge variant="light" color="gray" className={classes.badge}>
            {t(`status.${ticket.status}`)}
          </Badge>
          {support && ticket.store && <Text size="sm">{ticket.store.name}</Text>}
          {support && ticket.assignee && <Text size="sm">→ {ticket.assignee.name}</Text>}
        </Group>
        <Text size="sm" component="time" dateTime={ticket.last_activity_at}>
          {moment(ticket.last_activity_at, i18n.language)}
        </Text>
      </Group>
      <Text component="bdi" truncate display="block">
        {ticket.excerpt}
      </Text>
    </Link>
  );
}
