import { Card, Group, Stack, Text } from "@mantine/core";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Question } from "@/shared/api/types";
import { formatDateTime } from "@/shared/time/formatting";
import { MessageText } from "@/shared/ui/MessageText";

import { useQuestion } from "./api";
import classes from "./Questions.module.css";
import { RatingForm } from "./RatingForm";
import { RatingOutcome } from "./RatingOutcome";

interface Props {
  known: Question;
  /** What to offer where its rating has to wait for a ticket. */
  plans: ReactNode;
}

/** A question with its answer, what the answer was made from, and the place to rate it. */
export const QuestionCard = memo(function QuestionCard({ known, plans }: Props) {
  const { t, i18n } = useTranslation();
  const question = useQuestion(known).data;
  return (
    <Card component="article" className={classes.card} aria-label={question.text}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600}>
            {question.product}
          </Text>
          <Text size="sm" c="dimmed" component="time" dateTime={question.asked_at}>
            {formatDateTime(question.asked_at, i18n.language)}
          </Text>
        </Group>
        <div>
          <Text size="sm" c="dimmed">
            {t("questions.question")}
          </Text>
          <MessageText text={question.text} />
        </div>
        <div className={classes.answer}>
          <Text size="sm" c="dimmed">
            {t("questions.answer")}
          </Text>
          <MessageText text={question.answer} />
        </div>
        {question.sources.length > 0 && (
          <details className={classes.sources}>
            <summary>{t("questions.sources")}</summary>
            {question.sources.map((source, index) => (
              <MessageText key={index} text={[source.title, source.url].filter(Boolean).join(" · ")} />
            ))}
          </details>
        )}
        <RatingForm question={question} />
        <RatingOutcome question={question} plans={plans} />
      </Stack>
    </Card>
  );
});
