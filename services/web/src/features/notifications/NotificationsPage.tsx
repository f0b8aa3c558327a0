import { Alert, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { components } from "@/shared/api/schema";
import { MoreButton } from "@/shared/ui/MoreButton";
import { explain } from "@/shared/ui/problems";
import { Failed, Loading } from "@/shared/ui/states";
import { moment } from "@/shared/time/format";
import { useTitle } from "@/shared/ui/useTitle";

import { useMarkRead, useNotifications } from "./api";
import classes from "./Notifications.module.css";
import { Preferences } from "./Preferences";

type Notice = components["schemas"]["Notification"];

/** What the person was told, latest first, and what they want to be told. */
export function NotificationsPage() {
  const { t } = useTranslation();
  useTitle(t("modules.notifications"));
  return (
    <Stack>
      <List />
      <Preferences />
    </Stack>
  );
}

function List() {
  const { t } = useTranslation();
  const list = useNotifications();
  const markRead = useMarkRead();
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = list.data?.pages[0]?.unread_count ?? 0;
  return (
    <>
      <Group justify="space-between">
        <Title order={2}>{t("modules.notifications")}</Title>
        <Button
          variant="default"
          disabled={unread === 0}
          loading={markRead.isPending}
          onClick={() => markRead.mutate(null)}
        >
          {t("notifications.readAll")}
        </Button>
      </Group>
      {list.isPending && <Loading />}
      {list.isError && (
        <Failed detail={explain(list.error, t("states.offline"))} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && items.length === 0 && <Alert>{t("notifications.none")}</Alert>}
      {items.map((item) => (
        <One key={item.id} item={item} onRead={() => markRead.mutate([item.id])} />
      ))}
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={more} />}
    </>
  );
}

function One({ item, onRead }: { item: Notice; onRead: () => void }) {
  const { t, i18n } = useTranslation();
  const fresh = item.read_at === null;
  return (
    <Card component="article" className={classes.notice} data-unread={fresh} padding="sm">
      <Group justify="space-between" gap="xs">
        <div className={classes.text}>
          <Text fw={fresh ? 700 : 400}>{item.text}</Text>
          <Text size="sm" c="dimmed">
            <time dateTime={item.updated_at}>{moment(item.updated_at, i18n.language)}</time>
            {item.count > 1 && ` · ${t("notifications.folded", { count: item.count })}`}
            {fresh && ` · ${t("notifications.unread")}`}
          </Text>
        </div>
        <Group gap="xs">
          {fresh && (
            <Button size="xs" variant="subtle" onClick={onRead}>
              {t("notifications.read")}
            </Button>
          )}
          {item.ticket_id && (
            <Button
              component={Link}
              to={`/tickets/${item.ticket_id}`}
              size="xs"
              variant="default"
              onClick={fresh ? onRead : undefined}
            >
              {t("questions.seeTicket")}
            </Button>
          )}
        </Group>
      </Group>
    </Card>
  );
}
