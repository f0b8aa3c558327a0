import { Alert, Button, Card, Group, Text, Title } from "@mantine/core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Notification } from "@/shared/api/types";
import { formatDateTime } from "@/shared/time/formatting";
import { MoreButton } from "@/shared/ui/MoreButton";
import { Loading, LoadError } from "@/shared/ui/states";

import { useMarkRead, useNotifications } from "./api";
import classes from "./Notifications.module.css";

/** The notifications, latest first, each to be marked read or followed to its ticket. */
export function NotificationList() {
  const { t } = useTranslation();
  const list = useNotifications();
  const markRead = useMarkRead();
  const { fetchNextPage } = list;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
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
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <Alert>{t("notifications.none")}</Alert>}
      {items.map((item) => (
        <NotificationCard key={item.id} item={item} onRead={() => markRead.mutate([item.id])} />
      ))}
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={loadMore} />}
    </>
  );
}

function NotificationCard({ item, onRead }: { item: Notification; onRead: () => void }) {
  const { t, i18n } = useTranslation();
  const unread = item.read_at === null;
  return (
    <Card component="article" className={classes.card} data-unread={unread} padding="sm">
      <Group justify="space-between" gap="xs">
        <div className={classes.text}>
          <Text fw={unread ? 700 : 400}>{item.text}</Text>
          <Text size="sm" c="dimmed">
            <time dateTime={item.updated_at}>{formatDateTime(item.updated_at, i18n.language)}</time>
            {item.count > 1 && ` · ${t("notifications.folded", { count: item.count })}`}
            {unread && ` · ${t("notifications.unread")}`}
          </Text>
        </div>
        <Group gap="xs">
          {unread && (
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
              onClick={unread ? onRead : undefined}
            >
              {t("questions.seeTicket")}
            </Button>
          )}
        </Group>
      </Group>
    </Card>
  );
}
