import { Alert, Button, Group, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { MessagePictures } from "@/shared/pictures/MessagePictures";
import { Pictures, usePictures } from "@/shared/pictures/PicturePicker";
import { useDraft } from "@/shared/storage/draft";
import { explain } from "@/shared/ui/problems";
import { type VerdictName, VerdictSign } from "@/shared/ui/Verdict";

import { type Question, useRate } from "./api";
import classes from "./Questions.module.css";

const VERDICTS: VerdictName[] = ["correct", "improvable", "incorrect"];

/** The box "Calificar respuesta", pictures, and its three buttons; rating again is allowed. */
export function RatingForm({ question }: { question: Question }) {
  const { t } = useTranslation();
  const rating = question.rating;
  const [draft, setDraft, forgetDraft] = useDraft(`rating:${question.id}`);
  const comment = draft || (rating?.comment ?? "");
  const pictures = usePictures();
  const rate = useRate(question);

  function give(verdict: VerdictName) {
    rate.mutate(
      { verdict, comment, attachment_ids: pictures.ids },
      {
        onSuccess: () => {
          forgetDraft();
          pictures.clear();
        },
      },
    );
  }

  return (
    <>
      <Textarea
        label={t("questions.rate")}
        placeholder={t("questions.ratePlaceholder")}
        value={comment}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onPaste={pictures.onPaste}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={20_000}
      />
      <MessagePictures attachments={rating?.attachments ?? []} />
      <Pictures pictures={pictures} />
      <Group gap="xs" role="group" aria-label={t("questions.rate")}>
        {VERDICTS.map((verdict) => (
          <Button
            key={verdict}
            variant="default"
            className={classes.verdict}
            aria-pressed={rating?.verdict === verdict}
            leftSection={<VerdictSign verdict={verdict} />}
            loading={rate.isPending && rate.variables.verdict === verdict}
            disabled={rate.isPending || !pictures.settled}
            onClick={() => give(verdict)}
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
