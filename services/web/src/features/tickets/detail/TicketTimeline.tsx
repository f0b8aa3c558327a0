import { Button, Text, Timeline } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import { formatDateTime } from "@/shared/time/formatting";

import { useTimeline } from "./api";

/** Every change of the ticket: who, what, when. */
export function TicketTimeline({ ticketId }: { ticketId: string }) {
  const { t, i18n } = useTranslation();
  const [shown, { toggle }] = useDisclosure();
  const list = useTimeline(ticketId, shown);
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={t("ticket.timeline")}>
      <Button variant="subtle" fullWidth onClick={toggle} aria-expanded={shown}>
        {t("ticket.timeline")}
      </Button>
      {shown && (
        <Timeline bulletSize={12} lineWidth={2} mt="sm" active={entries.length}>
          {entries.map((entry) => (
            <Timeline.Item key={entry.id}>
              <Text size="sm">
                <bdi>{entry.actor.name}</bdi> {t(`timeline.${entry.kind}`)}
              </Text>
              <Text size="xs" c="dimmed" component="time" dateTime={entry.created_at}>
                {formatDateTime(entry.created_at, i18n.language)}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      )}
      {shown && list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("states.more")}
        </Button>
      )}
    </section>
  );
}
