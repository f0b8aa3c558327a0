import { Alert, Button, Checkbox, Group, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Pictures, usePictures } from "@/features/pictures/Pictures";
import { useCallKey, useDraft } from "@/ui/draft";
import { explain } from "@/ui/problems";

import { useReply } from "./api";

/** The box to continue the conversation, and ENVIAR. A failed sending keeps the text and its key. */
export function ReplyBox({ ticketId, support }: { ticketId: string; support: boolean }) {
  const { t } = useTranslation();
  const [body, setBody, forgetDraft] = useDraft(`reply:${ticketId}`);
  const [internal, setInternal] = useState(false);
  const [key, renewKey] = useCallKey();
  const pictures = usePictures();
  const reply = useReply(ticketId);
  const ready = body.trim() !== "" && pictures.settled;

  function send(event: FormEvent) {
    event.preventDefault();
    if (!ready || reply.isPending) return;
    reply.mutate(
      { key, body, internal, attachment_ids: pictures.ids },
      {
        onSuccess: () => {
          forgetDraft();
          pictures.clear();
          renewKey();
        },
        onError: (error) => error.name !== "Unreachable" && renewKey(),
      },
    );
  }

  return (
    <Stack component="form" onSubmit={send} gap="xs">
      <Textarea
        label={t("ticket.reply")}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onPaste={pictures.onPaste}
        autosize
        minRows={3}
        maxLength={20_000}
      />
      <Pictures pictures={pictures} />
      {support && (
        <Checkbox
          label={t("ticket.internal")}
          checked={internal}
          onChange={(event) => setInternal(event.currentTarget.checked)}
        />
      )}
      {reply.isError && (
        <Alert color="red" role="alert">
          {explain(reply.error, t("states.offline"))}
        </Alert>
      )}
      <Group>
        <Button type="submit" disabled={!ready} loading={reply.isPending}>
          {t("ticket.send")}
        </Button>
      </Group>
    </Stack>
  );
}
