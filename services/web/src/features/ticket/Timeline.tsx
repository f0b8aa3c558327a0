import { Button, List, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import { moment } from "@/ui/time";

import { useTimeline } from "./api";

/** Every change of the ticket: who, what, when. */
export function Timeline({ ticketId }: { ticketId: string }) {
  const { t, i18n } = useTranslation();
  const [shown, { toggle }] = useDisclosure();
  const entries = useTimeline(ticketId, shown).data?.items ?? [];
  return (
    <section aria-label={t("ticket.timeline")}>
      <Button variant="subtle" onClick={toggle} aria-expanded={shown}>
        {t("ticket.timeline")}
      </Button>
      {shown && (
        <List size="sm">
          {entries.map((entry) => (
            <List.Item key={entry.id}>
              <Text size="sm">
                {moment(entry.created_at, i18n.language)} · <bdi>{entry.actor.name}</bdi> ·{" "}
                {t(`timeline.${entry.kind}`)}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </section>
  );
}
