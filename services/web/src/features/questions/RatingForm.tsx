import { Button, Group, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Question, Verdict } from "@/shared/api/types";
import { VERDICTS } from "@/shared/api/values";
import { MessagePictures } from "@/shared/pictures/MessagePictures";
import { PicturePicker } from "@/shared/pictures/PicturePicker";
import { usePictureUploads } from "@/shared/pictures/usePictureUploads";
import { useDraft } from "@/shared/storage/useDraft";
import { ErrorAlert } from "@/shared/ui/ErrorAlert";
import { VerdictIcon } from "@/shared/ui/VerdictLabel";

import { useRate } from "./api";
import classes from "./Questions.module.css";

/** The box "Calificar respuesta", pictures, and its three buttons; rating again is allowed. */
export function RatingForm({ question }: { question: Question }) {
  const { t } = useTranslation();
  const rating = question.rating;
  const [draft, setDraft, clearDraft] = useDraft(`rating:${question.id}`);
  const comment = draft || (rating?.comment ?? "");
  const pictures = usePictureUploads();
  const rate = useRate(question);

  function submit(verdict: Verdict) {
    rate.mutate(
      { verdict, comment, attachment_ids: pictures.ids },
      {
        onSuccess: () => {
          clearDraft();
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
      <PicturePicker pictures={pictures} />
      <Group gap="xs" role="group" aria-label={t("questions.rate")}>
        {VERDICTS.map((verdict) => (
          <Button
            key={verdict}
            variant="default"
            className={classes.verdict}
            aria-pressed={rating?.verdict === verdict}
            leftSection={<VerdictIcon verdict={verdict} />}
            loading={rate.isPending && rate.variables.verdict === verdict}
            disabled={rate.isPending || !pictures.settled}
            onClick={() => submit(verdict)}
          >
            {t(`verdict.${verdict}`)}
          </Button>
        ))}
      </Group>
      {rate.isError && <ErrorAlert error={rate.error} />}
    </>
  );
}
