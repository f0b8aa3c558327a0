import { Card, Group, Stack, Text } from "@mantine/core";
import { memo } from "react";
import { useTranslation } from "react-i18next";

import { moment } from "@/shared/time/format";
import { Written } from "@/shared/ui/MessageText";

import { type Question, useQuestion } from "./api";
import { Outcome } from "./Outcome";
import classes from "./Questions.module.css";
import { RatingForm } from "./RatingForm";

/** A question with its answer, what the answer was made from, and the place to rate it. */
export const QuestionCard = memo(function QuestionCard({ known }: { known: Question }) {
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
            {moment(question.asked_at, i18n.language)}
          </Text>
        </Group>
        <div>
          <Text size="sm" c="dimmed">
            {t("questions.question")}
          </Text>
          <Written text={question.text} />
        </div>
        <div className={classes.answer}>
          <Text size="sm" c="dimmed">
            {t("questions.answer")}
          </Text>
          <Written text={question.answer} />
        </div>
        {question.sources.length > 0 && (
          <details className={classes.sources}>
            <summary>{t("questions.sources")}</summary>
            {question.sources.map((source, index) => (
              <Written key={index} text={[source.title, source.url].filter(Boolean).join(" · ")} />
            ))}
          </details>
        )}
        <RatingForm question={question} />
        <Outcome question={question} />
      </Stack>
    </Card>
  );
});
