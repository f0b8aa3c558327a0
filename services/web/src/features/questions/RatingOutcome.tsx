import { Alert, Anchor, Button, Group, Loader, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Question } from "@/shared/api/types";
import { useMe } from "@/shared/session/currentUser";
import { canSeeTickets } from "@/shared/session/roles";

import { usePromoteRating } from "./api";

type Rating = NonNullable<Question["rating"]>;

interface Props {
  question: Question;
  /** What to offer where a rating has to wait for a ticket. */
  plans: ReactNode;
}

/** What became of a rating: its ticket, or why it has to wait. */
export function RatingOutcome({ question, plans }: Props) {
  const { t } = useTranslation();
  const mayOpen = canSeeTickets(useMe().data?.roles);
  const { rating } = question;
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
        <Alert color="warning" title={t("questions.parked")}>
          {rating.parked_reason && <Text size="sm">{t(`parked.${rating.parked_reason}`)}</Text>}
          {plans}
          {mayOpen && <PromoteButton question={question} rating={rating} />}
        </Alert>
      )}
    </div>
  );
}

function PromoteButton({ question, rating }: { question: Question; rating: Rating }) {
  const { t } = useTranslation();
  const promote = usePromoteRating(question, rating.id);
  return (
    <Button
      display="block"
      mt="xs"
      size="xs"
      variant="default"
      loading={promote.isPending}
      onClick={() => promote.mutate()}
    >
      {t("questions.promote")}
    </Button>
  );
}
