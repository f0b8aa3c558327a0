import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { ErrorAlert } from "@/shared/ui/ErrorAlert";

import { type CannedReplyDraft, useSaveCannedReply } from "./cannedRepliesApi";

/** Write one of support's texts, new or as it was `before`. */
export function CannedReplyEditor({ before, onDone }: { before: CannedReplyDraft; onDone: () => void }) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(before.title);
  const [body, setBody] = useState(before.body);
  const save = useSaveCannedReply();

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ ...(before.id && { id: before.id }), title, body }, { onSuccess: onDone });
  }

  return (
    <Stack component="form" onSubmit={submit}>
      <TextInput
        label={t("replies.title")}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={200}
        required
        data-autofocus
      />
      <Textarea
        label={t("replies.body")}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        autosize
        minRows={4}
        maxLength={20_000}
        required
      />
      {save.isError && <ErrorAlert error={save.error} />}
      <Group justify="end">
        <Button variant="default" onClick={onDone}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={!title.trim() || !body.trim()}>
          {t("replies.save")}
        </Button>
      </Group>
    </Stack>
  );
}
