import { Card, Group, Spoiler, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { moment } from "@/ui/time";
import { Written } from "@/ui/Written";

import { type Question, useQuestion } from "./api";
import { Outcome } from "./Outcome";
import { RatingForm } from "./RatingForm";

/** A question with its answer, what the answer was made from, and the place to rate it. */
export function QuestionCard({ known }: { known: Question }) {
  const { t, i18n } = useTranslation();
  const question = useQuestion(known).data;
  return (
    <Card withBorder component="article" aria-label={question.text}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600}>
            {question.product}
          </Text>
          <Text size="sm" component="time" dateTime={question.asked_at}>
            {moment(question.asked_at, i18n.language)}
          </Text>
        </Group>
        <Text size="sm" fw={600}>
          {t("questions.question")}
        </Text>
        <Written text={question.text} />
        <Text size="sm" fw={600}>
          {t("questions.answer")}
        </Text>
        <Written text={question.answer} />
        {question.sources.length > 0 && (
          <Spoiler maxHeight={0} showLabel={t("questions.sources")} hideLabel={t("questions.hideSources")}>
            {question.sources.map((source, index) => (
              <Written key={index} text={[source.title, source.url].filter(Boolean).join(" · ")} />
            ))}
          </Spoiler>
        )}
        <RatingForm question={question} />
        <Outcome question={question} />
      </Stack>
    </Card>
  );
}
