import { Alert, Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { MoreButton } from "@/ui/MoreButton";
import { explain } from "@/ui/problems";
import { Failed, Loading } from "@/ui/states";
import { moment } from "@/ui/time";

import { useMarkRead, useNotifications } from "./api";

/** What the person was told, latest first; pressing one goes to its ticket. */
export function NotificationsPage() {
  const { t, i18n } = useTranslation();
  const list = useNotifications();
  const markRead = useMarkRead();
  const navigate = useNavigate();
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (list.isPending) return <Loading />;
  if (list.isError) {
    return <Failed detail={explain(list.error, t("states.offline"))} onRetry={() => void list.refetch()} />;
  }
  const items = list.data.pages.flatMap((page) => page.items);
  const unread = list.data.pages[0]?.unread_count ?? 0;
  return (
    <Stack>
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
      {items.length === 0 && <Alert>{t("notifications.none")}</Alert>}
      {items.map((item) => (
        <Card withBorder key={item.id} component="article" aria-label={item.text}>
          <Group justify="space-between" align="start">
            <div>
              <Text fw={item.read_at ? 400 : 700}>
                {item.text}{" "}
                {item.count > 1 && (
                  <Badge variant="light">{t("notifications.folded", { count: item.count })}</Badge>
                )}
              </Text>
              <Text size="sm" component="time" dateTime={item.updated_at}>
                {moment(item.updated_at, i18n.language)}
              </Text>
            </div>
            <Group gap="xs">
              {!item.read_at && (
                <Button size="xs" variant="subtle" onClick={() => markRead.mutate([item.id])}>
                  {t("notifications.read")}
                </Button>
              )}
              {item.ticket_id && (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    markRead.mutate([item.id]);
                    void navigate(`/tickets/${item.ticket_id}`);
                  }}
                >
                  {t("questions.seeTicket")}
                </Button>
              )}
            </Group>
          </Group>
        </Card>
      ))}
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={more} />}
    </Stack>
  );
}
