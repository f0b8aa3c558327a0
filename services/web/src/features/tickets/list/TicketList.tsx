import { Center, Loader } from "@mantine/core";
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Ticket } from "@/shared/api/types";

import classes from "./TicketList.module.css";
import { type Selectable, TicketRow } from "./TicketRow";

const ROW_PX = 84;

interface Props extends Selectable {
  tickets: Ticket[];
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}

/** The list; only the rows in view exist, so that ten thousand scroll as smoothly as ten. */
export function TicketList({ tickets, hasMore, loadingMore, onMore, ...selectable }: Props) {
  const { t } = useTranslation();
  const [top, setTop] = useState(0);
  const measureTop = useCallback((list: HTMLDivElement | null) => {
    if (list) setTop(list.getBoundingClientRect().top + window.scrollY);
  }, []);
  const [focused, setFocused] = useState<number | null>(null);
  // Whoever goes by keyboard stays where they are, however far the list is scrolled meanwhile.
  const extractRange = useCallback(
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
    rangeExtractor: extractRange,
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
        ref={measureTop}
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
              <TicketRow ticket={ticket} {...selectable} />
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
