import { Alert, Anchor, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { TicketDetail } from "@/shared/api/types";

import { usePromoteTicket } from "./api";

/** Why the ticket waits, and what its store can do about it; the text that was written stays. */
export function ParkedNotice({ ticket, support }: { ticket: TicketDetail; support: boolean }) {
  const { t } = useTranslation();
  const promote = usePromoteTicket(ticket);
  return (
    <Alert color="warning" title={t("ticket.parked")}>
      {ticket.parked_reason && <Text size="sm">{t(`parked.${ticket.parked_reason}`)}</Text>}
      {!support && (
        <Group mt="xs">
          <Button size="xs" variant="default" loading={promote.isPending} onClick={() => promote.mutate()}>
            {t("questions.promote")}
          </Button>
          <Anchor component={Link} to="/plan" size="sm">
            {t("plan.all")}
          </Anchor>
        </Group>
      )}
    </Alert>
  );
}
