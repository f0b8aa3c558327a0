import { Card, Table, Title } from "@mantine/core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { Movement } from "@/shared/api/types";
import { formatDateTime } from "@/shared/time/formatting";
import { MoreButton } from "@/shared/ui/MoreButton";
import { LoadError } from "@/shared/ui/states";

import { useQuotaStatement } from "./api";

/** Every movement of units, latest first; nothing where there was none. */
export function QuotaStatement() {
  const { t, i18n } = useTranslation();
  const list = useQuotaStatement();
  const { fetchNextPage } = list;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const movements = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isLoadingError) return <LoadError error={list.error} onRetry={() => void list.refetch()} />;
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
                <Table.Td miw={104}>{formatDateTime(movement.created_at, i18n.language)}</Table.Td>
                <Table.Td>
                  {t(`ledger.${movement.kind}`)}
                  {movement.ticket && ` · ${t("tickets.numbered", { number: movement.ticket.number })}`}
                </Table.Td>
                <Table.Td ta="end">{signedUnits(movement)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={loadMore} />}
    </section>
  );
}

/** Units with the direction they move in. */
function signedUnits({ kind, units }: Movement): string {
  if (units === null) return "∞";
  return `${kind === "consume" ? "−" : "+"}${Math.abs(units)}`;
}
