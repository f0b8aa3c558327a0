import { Alert, Anchor, Button, Group, Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { opensTickets, useMe } from "@/shared/session/currentUser";
import { PlansWithTickets } from "@/features/plan/PlansWithTickets";

import { type Question, usePromote } from "./api";

/** What became of a rating: its ticket, or why it has to wait. */
export function Outcome({ question }: { question: Question }) {
  const { t } = useTranslation();
  const me = useMe();
  const promote = usePromote(question);
  const rating = question.rating;
  const mayOpen = opensTickets(me.data?.roles);
  if (!rating || rating.outcome === "none") return null;
  return (
    <div aria-live="polite">
      {rating.outcome === "pending" && (
        <Group gap="xs">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t("questions.creating")}</Text>
        </Group>
      )}
      {rating.ticket &&
        (mayOpen ? (
          <Anchor component={Link} to={`/tickets/${rating.ticket.id}`} fw={600}>
            {t("questions.seeTicket")} · {t("tickets.numbered", { number: rating.ticket.number })}
          </Anchor>
        ) : (
          <Text size="sm">{t("tickets.numbered", { number: rating.ticket.number })}</Text>
        ))}
      {rating.outcome === "parked" && (
        <Alert color="yellow" title={t("questions.parked")}>
          <Text size="sm">{t(`parked.${rating.parked_reason}`)}</Text>
          <PlansWithTickets />
          {mayOpen && (
            <Button
              display="block"
              mt="xs"
              size="xs"
              variant="default"
              loading={promote.isPending}
              onClick={() => promote.mutate(rating.id)}
            >
              {t("questions.promote")}
            </Button>
          )}
        </Alert>
      )}
    </div>
  );
}
