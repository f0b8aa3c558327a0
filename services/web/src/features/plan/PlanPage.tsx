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
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { MoreButton } from "@/shared/ui/MoreButton";
import { explain } from "@/shared/ui/problems";
import { Failed, Loading } from "@/shared/ui/states";
import { day, moment } from "@/shared/time/format";
import { useTitle } from "@/shared/ui/useTitle";

import { usePlans, useQuota, useStatement } from "./api";

/** The store's units, what each plan offers, and every movement of units. */
export function PlanPage() {
  const { t } = useTranslation();
  useTitle(t("modules.plan"));
  return (
    <Stack gap="lg">
      <Title order={2}>{t("modules.plan")}</Title>
      <Units />
      <Plans />
      <Statement />
    </Stack>
  );
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
    <Card>
      <Text fw={600}>
        {limit === null ? t("plan.unlimited", { used }) : t("plan.units", { used, limit, remaining })}
      </Text>
      {limit !== null && limit > 0 && (
        <Progress.Root size="xl" mt="xs">
          <Progress.Section
            value={(100 * used) / limit}
            color={remaining === 0 ? "red" : used >= 0.8 * limit ? "yellow.7" : "blue"}
            aria-label={t("plan.used", { used, limit })}
          />
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
  const { t } = useTranslation();
  const plans = usePlans();
  if (plans.isPending) return <Loading />;
  if (plans.isError) {
    return <Failed detail={explain(plans.error, t("states.offline"))} onRetry={() => void plans.refetch()} />;
  }
  return (
    <section aria-label={t("plan.all")}>
      <Title order={3} mb="xs">
        {t("plan.all")}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
        {plans.data.items.map((plan) => (
          <Card key={plan.code}>
            <Group justify="space-between">
              <Title order={4}>{plan.name}</Title>
              {plan.current && (
                <Badge tt="none" radius="sm">
                  {t("plan.current")}
                </Badge>
              )}
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
  const list = useStatement();
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const movements = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isError) {
    return <Failed detail={explain(list.error, t("states.offline"))} onRetry={() => void list.refetch()} />;
  }
  if (movements.length === 0) return null;
  return (
    <section aria-label={t("plan.statement")}>
      <Title order={3} mb="xs">
        {t("plan.statement")}
      </Title>
      <Card padding="xs">
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("plan.when")}</Table.Th>
              <Table.Th scope="col">{t("plan.what")}</Table.Th>
              <Table.Th scope="col" ta="end">
                {t("plan.howMany")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {movements.map((movement) => (
              <Table.Tr key={movement.id}>
                <Table.Td miw={104}>{moment(movement.created_at, i18n.language)}</Table.Td>
                <Table.Td>
                  {t(`ledger.${movement.kind}`)}
                  {movement.ticket && ` · ${t("tickets.numbered", { number: movement.ticket.number })}`}
                </Table.Td>
                <Table.Td ta="end">{signed(movement)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={more} />}
    </section>
  );
}

/** Units with the direction they move in. */
function signed({ kind, units }: { kind: string; units: number | null }): string {
  if (units === null) return "∞";
  return `${kind === "consume" ? "−" : "+"}${Math.abs(units)}`;
}
