import { Alert, Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { explain } from "@/ui/problems";
import { type VerdictName, VerdictSign } from "@/ui/Verdict";

import { type Question, useRate } from "./api";

const VERDICTS: VerdictName[] = ["correct", "improvable", "incorrect"];

/** The box "Calificar respuesta" and its three buttons; rating again is allowed. */
export function RatingForm({ question }: { question: Question }) {
  const { t } = useTranslation();
  const rating = question.rating;
  const [comment, setComment] = useState(rating?.comment ?? "");
  const rate = useRate(question);
  return (
    <>
      <Textarea
        label={t("questions.rate")}
        placeholder={t("questions.ratePlaceholder")}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={20_000}
      />
      <Group gap="xs" role="group" aria-label={t("questions.rate")}>
        {VERDICTS.map((verdict) => (
          <Button
            key={verdict}
            variant={rating?.verdict === verdict ? "light" : "default"}
            aria-pressed={rating?.verdict === verdict}
            leftSection={<VerdictSign verdict={verdict} />}
            loading={rate.isPending && rate.variables.verdict === verdict}
            disabled={rate.isPending}
            onClick={() => rate.mutate({ verdict, comment })}
          >
            {t(`verdict.${verdict}`)}
          </Button>
        ))}
      </Group>
      {rate.isError && (
        <Alert color="red" role="alert">
          {explain(rate.error, t("states.offline"))}
        </Alert>
      )}
    </>
  );
}
