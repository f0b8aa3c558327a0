import { Badge, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Message } from "@/shared/api/types";
import { MessagePictures } from "@/shared/pictures/MessagePictures";
import { formatDateTime } from "@/shared/time/formatting";
import { MessageText } from "@/shared/ui/MessageText";

import classes from "./Ticket.module.css";

/** A message of the conversation; `own` are those of the reader's side. */
export function MessageItem({ message, own }: { message: Message; own: boolean }) {
  const { t, i18n } = useTranslation();
  const names = [classes.message, own && classes.own, message.internal && classes.internal];
  return (
    <article className={names.filter(Boolean).join(" ")}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            <bdi>{message.author.name}</bdi>
          </Text>
          {message.from_support && <MessageTag text={t("signIn.support")} />}
          {message.internal && <MessageTag text={t("ticket.note")} />}
        </Group>
        <Text size="xs" c="dimmed" component="time" dateTime={message.created_at}>
          {formatDateTime(message.created_at, i18n.language)}
        </Text>
      </Group>
      <MessageText text={message.body} />
      <MessagePictures attachments={message.attachments} />
    </article>
  );
}

function MessageTag({ text }: { text: string }) {
  return (
    <Badge variant="default" size="sm" radius="sm" tt="none">
      {text}
    </Badge>
  );
}
