import { Button, Card, Checkbox, Group, Stack, Textarea } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { newIdempotencyKey } from "@/shared/api/idempotency";
import { PicturePicker } from "@/shared/pictures/PicturePicker";
import { usePictureUploads } from "@/shared/pictures/usePictureUploads";
import { useUserId } from "@/shared/session/currentUser";
import { useDraft } from "@/shared/storage/useDraft";
import { Icon } from "@/shared/ui/icons";

import type { SupportTicketTools } from "./supportTools";
import { outgoingQueueOf } from "./useOutgoingMessages";

interface Props {
  ticketId: string;
  supportTools: SupportTicketTools | undefined;
}

/** The box to continue the conversation, and ENVIAR; what is sent shows at once and is never sent twice. */
export function ReplyBox({ ticketId, supportTools }: Props) {
  const { t } = useTranslation();
  const userId = useUserId();
  const [body, setBody, clearDraft] = useDraft(`reply:${ticketId}`);
  const [internal, setInternal] = useState(false);
  const pictures = usePictureUploads();
  const ready = body.trim() !== "" && pictures.settled;

  function send(event: FormEvent) {
    event.preventDefault();
    if (!ready) return;
    outgoingQueueOf(userId).add({
      key: newIdempotencyKey(),
      ticketId,
      body,
      internal,
      attachment_ids: pictures.ids,
    });
    clearDraft();
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
        <PicturePicker pictures={pictures} />
        {supportTools && (
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
          {supportTools && (
            <supportTools.ReplyMenu onPick={(text) => setBody(body ? `${body}\n\n${text}` : text)} />
          )}
        </Group>
      </Stack>
    </Card>
  );
}
