import { Badge, Button, Card, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { explain } from "@/ui/problems";
import { Failed, Loading } from "@/ui/states";
import { moment } from "@/ui/time";
import { Written } from "@/ui/Written";

import { type Message, useMessages } from "./api";

/** Who wrote what, oldest first; new messages appear by themselves. */
export function Conversation({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const list = useMessages(ticketId);
  if (list.isPending) return <Loading />;
  if (list.isError) {
    return <Failed detail={explain(list.error, t("states.offline"))} onRetry={() => void list.refetch()} />;
  }
  return (
    <Stack gap="sm" role="log" aria-label={t("ticket.conversation")}>
      {list.data.pages
        .flatMap((page) => page.items)
        .map((message) => (
          <One key={message.id} message={message} />
        ))}
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("states.more")}
        </Button>
      )}
    </Stack>
  );
}

function One({ message }: { message: Message }) {
  const { t, i18n } = useTranslation();
  return (
    <Card
      withBorder
      component="article"
      {...(message.internal && { bg: "var(--mantine-color-yellow-light)" })}
    >
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600}>
            <bdi>{message.author.name}</bdi>
          </Text>
          {message.from_support && (
            <Badge variant="light" color="gray" c="var(--mantine-color-text)">
              {t("signIn.support")}
            </Badge>
          )}
          {message.internal && (
            <Badge variant="light" color="gray" c="var(--mantine-color-text)">
              {t("ticket.note")}
            </Badge>
          )}
        </Group>
        <Text size="sm" component="time" dateTime={message.created_at}>
          {moment(message.created_at, i18n.language)}
        </Text>
      </Group>
      <Written text={message.body} />
    </Card>
  );
}
