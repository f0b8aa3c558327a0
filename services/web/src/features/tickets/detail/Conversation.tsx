import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { isSupport, useMe, useOwner } from "@/shared/session/currentUser";
import { MessagePictures } from "@/shared/pictures/MessagePictures";
import { explain } from "@/shared/ui/problems";
import { Failed, Loading } from "@/shared/ui/states";
import { moment } from "@/shared/time/format";
import { Written } from "@/shared/ui/MessageText";

import { type Message, useMessages } from "./api";
import { OnItsWay } from "./PendingMessage";
import classes from "./Ticket.module.css";
import { useOutgoing } from "./useOutgoingMessages";

/** Who wrote what, oldest first, our side on the right; new messages appear by themselves, those being sent at the end. */
export function Conversation({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const owner = useOwner();
  const support = isSupport(useMe().data?.roles);
  const outgoing = useOutgoing(owner, ticketId);
  const list = useMessages(ticketId);
  if (list.isPending) return <Loading />;
  if (list.isError && !list.data) {
    return <Failed detail={explain(list.error, t("states.offline"))} onRetry={() => void list.refetch()} />;
  }
  const messages = list.data.pages.flatMap((page) => page.items);
  return (
    <Stack gap="sm" role="log" aria-label={t("ticket.conversation")}>
      {messages.map((message) => (
        <One key={message.id} message={message} ours={message.from_support === support} />
      ))}
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("states.more")}
        </Button>
      )}
      {outgoing
        .filter((message) => messages.every(({ id }) => id !== message.sentAs))
        .map((message) => (
          <OnItsWay key={message.key} message={message} />
        ))}
    </Stack>
  );
}

function One({ message, ours }: { message: Message; ours: boolean }) {
  const { t, i18n } = useTranslation();
  const look = [classes.message, ours && classes.ours, message.internal && classes.note];
  return (
    <article className={look.filter(Boolean).join(" ")}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            <bdi>{message.author.name}</bdi>
          </Text>
          {message.from_support && <Mark text={t("signIn.support")} />}
          {message.internal && <Mark text={t("ticket.note")} />}
        </Group>
        <Text size="xs" c="dimmed" component="time" dateTime={message.created_at}>
          {moment(message.created_at, i18n.language)}
        </Text>
      </Group>
      <Written text={message.body} />
      <MessagePictures attachments={message.attachments} />
    </article>
  );
}

function Mark({ text }: { text: string }) {
  return (
    <Badge variant="default" size="sm" radius="sm" tt="none">
      {text}
    </Badge>
  );
}
