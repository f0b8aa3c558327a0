import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useMe, useUserId } from "@/shared/session/currentUser";
import { isSupport } from "@/shared/session/roles";
import { Loading, LoadError } from "@/shared/ui/states";

import { useMessages } from "./api";
import { MessageItem } from "./MessageItem";
import { PendingMessage } from "./PendingMessage";
import { useOutgoingMessages } from "./useOutgoingMessages";

/** Who wrote what, oldest first, our side on the right; new messages appear by themselves, those being sent at the end. */
export function Conversation({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const userId = useUserId();
  const support = isSupport(useMe().data?.roles);
  const outgoing = useOutgoingMessages(userId, ticketId);
  const list = useMessages(ticketId);
  if (list.isPending) return <Loading />;
  if (list.isError && !list.data) {
    return <LoadError error={list.error} onRetry={() => void list.refetch()} />;
  }
  const messages = list.data.pages.flatMap((page) => page.items);
  return (
    <Stack gap="sm" role="log" aria-label={t("ticket.conversation")}>
      {messages.map((message) => (
        <MessageItem key={message.id} message={message} own={message.from_support === support} />
      ))}
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("states.more")}
        </Button>
      )}
      {outgoing
        .filter((message) => messages.every(({ id }) => id !== message.sentAs))
        .map((message) => (
          <PendingMessage key={message.key} message={message} />
        ))}
    </Stack>
  );
}
