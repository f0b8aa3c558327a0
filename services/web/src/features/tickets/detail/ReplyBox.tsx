import { Button, Card, Checkbox, Group, Stack, Textarea } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { useOwner } from "@/shared/session/currentUser";
import { CannedMenu } from "@/features/support/CannedReplyMenu";
import { Pictures, usePictures } from "@/shared/pictures/PicturePicker";
import { useDraft } from "@/shared/storage/draft";
import { Icon } from "@/shared/ui/icons";

import { queueOf } from "./useOutgoingMessages";

/** The box to continue the conversation, and ENVIAR; what is sent shows at once and is never sent twice. */
export function ReplyBox({ ticketId, support }: { ticketId: string; support: boolean }) {
  const { t } = useTranslation();
  const owner = useOwner();
  const [body, setBody, forgetDraft] = useDraft(`reply:${ticketId}`);
  const [internal, setInternal] = useState(false);
  const pictures = usePictures();
  const ready = body.trim() !== "" && pictures.settled;

  function send(event: FormEvent) {
    event.preventDefault();
    if (!ready) return;
    queueOf(owner).add({
      key: crypto.randomUUID(),
      ticketId,
      body,
      internal,
      attachment_ids: pictures.ids,
    });
    forgetDraft();
    pictures.clear();
    setInternal(false);
  }

  function sendByKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
  }

  return (
    <Card>
      <Stack component="form" onSubmit={send} gap="sm">
        <Textarea
          label={t("ticket.reply")}
          description={t("ticket.replyHint")}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          onPaste={pictures.onPaste}
          onKeyDown={sendByKey}
          autosize
          minRows={3}
          maxRows={16}
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
        <Group>
          <Button type="submit" disabled={!ready} leftSection={<Icon name="send" size={18} />}>
            {t("ticket.send")}
          </Button>
          {support && <CannedMenu onPick={(text) => setBody(body ? `${body}\n\n${text}` : text)} />}
        </Group>
      </Stack>
    </Card>
  );
}
