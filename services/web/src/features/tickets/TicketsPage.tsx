import { Alert, Button, Group, Stack, Title } from "@mantine/core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { isSupport, opensTickets, useMe } from "@/app/me";
import { explain } from "@/ui/problems";
import { Failed, Loading } from "@/ui/states";

import { useTickets } from "./api";
import { FilterBar } from "./FilterBar";
import { asQuery, useFilters } from "./filters";
import { TicketList } from "./TicketList";

/** The ticket module: filters first, then NUEVO TICKET, then the list. */
export function TicketsPage() {
  const { t } = useTranslation();
  const me = useMe();
  if (me.data && !opensTickets(me.data.roles)) return <Alert>{t("states.noTickets")}</Alert>;
  return <Module support={isSupport(me.data?.roles)} />;
}

function Module({ support }: { support: boolean }) {
  const { t } = useTranslation();
  const [applied, apply] = useFilters();
  const asked = asQuery(applied);
  const list = useTickets(asked);
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const tickets = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack>
      <Title order={2}>{t("modules.tickets")}</Title>
      <FilterBar key={JSON.stringify(applied)} applied={applied} onApply={apply} />
      {!support && (
        <Group>
          <Button component={Link} to="/tickets/nuevo">
            {t("tickets.new")}
          </Button>
        </Group>
      )}
      {list.isPending && <Loading />}
      {list.isError && (
        <Failed detail={explain(list.error, t("states.offline"))} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && tickets.length === 0 && <Alert>{t("tickets.empty")}</Alert>}
      {tickets.length > 0 && (
        <TicketList
          tickets={tickets}
          support={support}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onMore={more}
        />
      )}
    </Stack>
  );
}
