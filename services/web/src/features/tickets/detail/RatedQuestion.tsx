import { Card, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Question } from "@/shared/api/types";
import { MessageText } from "@/shared/ui/MessageText";
import { VerdictLabel } from "@/shared/ui/VerdictLabel";

import classes from "./Ticket.module.css";

/** The question whose rating led to the ticket, with the answer as it was when it was rated. */
export function RatedQuestion({ question }: { question: Question }) {
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
        <MessageText text={question.text} />
        <div className={classes.quoted}>
          <Text fw={600} size="sm">
            {t("questions.answer")}
          </Text>
          <MessageText text={rating?.rated_answer ?? question.answer} />
        </div>
        {rating && (
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {t("filters.verdict")}:
            </Text>
            <VerdictLabel verdict={rating.verdict} />
          </Group>
        )}
      </Stack>
    </Card>
  );
}
