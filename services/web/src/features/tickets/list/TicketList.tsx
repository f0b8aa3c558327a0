import { Center, Checkbox, Group, Loader, Text } from "@mantine/core";
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Status } from "@/shared/ui/Status";
import { moment } from "@/shared/time/format";
import { Verdict } from "@/shared/ui/Verdict";

import type { TicketItem } from "./api";
import classes from "./TicketList.module.css";

const ROW_PX = 84;

interface Choosing {
  chosen?: ReadonlySet<string>;
  onChoose?: (id: string) => void;
}

interface Props extends Choosing {
  tickets: TicketItem[];
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}

/** The list; only the rows in view exist, so that ten thousand scroll as smoothly as ten. */
export function TicketList({ tickets, hasMore, loadingMore, onMore, ...choosing }: Props) {
  const { t } = useTranslation();
  const [top, setTop] = useState(0);
  const place = useCallback((list: HTMLDivElement | null) => {
    if (list) setTop(list.getBoundingClientRect().top + window.scrollY);
  }, []);
  const [focused, setFocused] = useState<number | null>(null);
  // Whoever goes by keyboard stays where they are, however far the list is scrolled meanwhile.
  const inView = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (focused === null || focused >= range.count || shown.includes(focused)) return shown;
      return [...shown, focused].sort((a, b) => a - b);
    },
    [focused],
  );
  const rows = useWindowVirtualizer({
    count: tickets.length,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => tickets[index]?.id ?? index,
    overscan: 12,
    rangeExtractor: inView,
    scrollMargin: top,
  });
  const items = rows.getVirtualItems();
  const last = rows.range?.endIndex ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= tickets.length - 10) onMore();
  }, [hasMore, last, loadingMore, onMore, tickets.length]);
  return (
    <>
      <div
        ref={place}
        role="list"
        aria-label={t("modules.tickets")}
        className={classes.list}
        style={{ height: rows.getTotalSize() }}
        onBlur={() => setFocused(null)}
      >
        {items.map((item) => {
          const ticket = tickets[item.index];
          if (!ticket) return null;
          return (
            <div
              key={item.key}
              role="listitem"
              aria-posinset={item.index + 1}
              aria-setsize={hasMore ? -1 : tickets.length}
              onFocus={() => setFocused(item.index)}
              ref={rows.measureElement}
              data-index={item.index}
              className={classes.row}
              style={{ transform: `translateY(${item.start - top}px)` }}
            >
              <Row ticket={ticket} {...choosing} />
            </div>
          );
        })}
      </div>
      {loadingMore && (
        <Center>
          <Loader size="sm" aria-label={t("states.loading")} />
        </Center>
      )}
    </>
  );
}

function Row({ ticket, chosen, onChoose }: { ticket: TicketItem } & Choosing) {
  const { t, i18n } = useTranslation();
  const named = t("tickets.numbered", { number: ticket.number });
  return (
    <div className={classes.line}>
      {onChoose && (
        <Checkbox
          aria-label={t("desk.choose", { name: `${ticket.store.name} · ${named}` })}
          checked={chosen?.has(ticket.id) ?? false}
          onChange={() => onChoose(ticket.id)}
        />
      )}
      <Link to={`/tickets/${ticket.id}`} className={classes.link} data-unread={ticket.unread}>
        <Group justify="space-between" gap="xs">
          <Group gap="sm">
            <span>{named}</span>
            <Verdict verdict={ticket.verdict} />
            <Status status={ticket.status} />
            {ticket.unread && <span className={classes.fresh}>{t("tickets.unread")}</span>}
          </Group>
          <Text size="sm" c="dimmed" component="time" dateTime={ticket.last_activity_at}>
            {moment(ticket.last_activity_at, i18n.language)}
          </Text>
        </Group>
        <bdi className={classes.excerpt}>{ticket.excerpt}</bdi>
        {onChoose && (
          <Text size="sm" c="dimmed">
            {ticket.store.name} · {ticket.assignee?.name ?? t("desk.nobody")}
          </Text>
        )}
      </Link>
    </div>
  );
}
