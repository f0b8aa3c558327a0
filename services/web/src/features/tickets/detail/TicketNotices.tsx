import { Alert, Anchor, Button, Card, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Verdict } from "@/shared/ui/Verdict";
import { Written } from "@/shared/ui/MessageText";

import { type Ticket, useActions } from "./api";
import classes from "./Ticket.module.css";

/** The question whose rating led to the ticket, with the answer as it was when it was rated. */
export function QuestionFirst({ question }: { question: NonNullable<Ticket["question"]> }) {
  const { t } = useTranslation();
  const { rating } = question;
  return (
    <Card component="section" aria-label={t("questions.question")}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {[t(`modules.${question.origin}`), question.product].filter(Boolean).join(" · ")}
        </Text>
        <Text fw={600} size="sm">
          {t("questions.question")}
        </Text>
        <Written text={question.text} />
        <div className={classes.quoted}>
          <Text fw={600} size="sm">
            {t("questions.answer")}
          </Text>
          <Written text={rating?.rated_answer ?? question.answer} />
        </div>
        {rating && (
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {t("filters.verdict")}:
            </Text>
            <Verdict verdict={rating.verdict} />
          </Group>
        )}
      </Stack>
    </Card>
  );
}

/** Why the ticket waits, and what can be done about it; the text that was written is kept. */
export function Parked({ ticket, support }: { ticket: Ticket; support: boolean }) {
  const { t } = useTranslation();
  const { promote } = useActions(ticket.id);
  return (
    <Alert color="yellow" title={t("ticket.parked")}>
      <Text size="sm">{t(`parked.${ticket.parked_reason}`)}</Text>
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

/** What came of a closed ticket: the cause and the improvement applied, where support named them. */
export function Resolution({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const cause = ticket.cause_name;
  if (!ticket.resolution && !cause) return <Alert color="gray">{t("ticket.closedHint")}</Alert>;
  return (
    <Alert color="green" title={t("ticket.resolution")}>
      <Stack gap="xs">
        {ticket.resolution && <Written text={ticket.resolution} />}
        {cause && (
          <Text size="sm">
            {t("desk.cause")}: {cause}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
