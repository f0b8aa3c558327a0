import {
  Alert,
  Badge,
  Card,
  Group,
  List,
  Progress,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Title,
} from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { api, data } from "@/api/client";
import { MoreButton } from "@/ui/MoreButton";
import { explain } from "@/ui/problems";
import { Failed, Loading } from "@/ui/states";
import { day, moment } from "@/ui/time";

/** The store's units, what each plan offers, and every movement of units. */
export function PlanPage() {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <Title order={2}>{t("modules.plan")}</Title>
      <Units />
      <Plans />
      <Statement />
    </Stack>
  );
}

/** The present period's units; shared with whoever writes a ticket. */
export function useQuota() {
  return useQuery({ queryKey: ["quota"], queryFn: () => data(api.GET("/v1/quota")) });
}

function Units() {
  const { t, i18n } = useTranslation();
  const quota = useQuota();
  if (quota.isPending) return <Loading />;
  if (quota.isError) {
    return <Failed detail={explain(quota.error, t("states.offline"))} onRetry={() => void quota.refetch()} />;
  }
  const { limit, used, remaining, resets_at, tickets_included } = quota.data;
  if (!tickets_included) return <Alert>{t("plan.without")}</Alert>;
  return (
    <Card withBorder>
      <Text fw={600}>
        {limit === null ? t("plan.unlimited", { used }) : t("plan.units", { used, limit, remaining })}
      </Text>
      {limit !== null && limit > 0 && (
        <Progress.Root size="xl" mt="xs">
          <Progress.Section value={(100 * used) / limit} aria-label={t("plan.used", { used, limit })} />
        </Progress.Root>
      )}
      {resets_at && (
        <Text size="sm" mt="xs">
          {t("plan.resets", { day: day(resets_at, i18n.language) })}
        </Text>
      )}
    </Card>
  );
}

function Plans() {
  const { t, i18n } = useTranslation();
  const plans = useQuery({
    queryKey: ["plans", i18n.language],
    queryFn: () => data(api.GET("/v1/plans")),
  });
  if (!plans.data) return null;
  return (
    <section aria-label={t("plan.all")}>
      <Title order={3} mb="xs">
        {t("plan.all")}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
        {plans.data.items.map((plan) => (
          <Card withBorder key={plan.code}>
            <Group justify="space-between">
              <Title order={4}>{plan.name}</Title>
              {plan.current && <Badge variant="light">{t("plan.current")}</Badge>}
            </Group>
            <List size="sm" mt="xs">
              {plan.benefits.map((benefit) => (
                <List.Item key={benefit}>{benefit}</List.Item>
              ))}
            </List>
          </Card>
        ))}
      </SimpleGrid>
    </section>
  );
}

function Statement() {
  const { t, i18n } = useTranslation();
  const list = useInfiniteQuery({
    queryKey: ["statement"],
    queryFn: ({ pageParam }) =>
      data(api.GET("/v1/quota/statement", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const movements = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (movements.length === 0) return null;
  return (
    <section aria-label={t("plan.statement")}>
      <Title order={3} mb="xs">
        {t("plan.statement")}
      </Title>
      <Table.ScrollContainer minWidth={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("plan.when")}</Table.Th>
              <Table.Th scope="col">{t("plan.what")}</Table.Th>
              <Table.Th scope="col">{t("plan.howMany")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {movements.map((movement) => (
              <Table.Tr key={movement.id}>
                <Table.Td>{moment(movement.created_at, i18n.language)}</Table.Td>
                <Table.Td>
                  {t(`ledger.${movement.kind}`)}
                  {movement.ticket && ` · ${t("tickets.numbered", { number: movement.ticket.number })}`}
                </Table.Td>
                <Table.Td>{movement.units ?? "∞"}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={more} />}
    </section>
  );
}
