import { Alert, Button, Group, Stack, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { isSupport, opensTickets, useMe } from "@/shared/session/currentUser";
import { BulkBar } from "@/features/support/BulkActionBar";
import { Icon } from "@/shared/ui/icons";
import { explain } from "@/shared/ui/problems";
import { Failed, Loading } from "@/shared/ui/states";
import { useTitle } from "@/shared/ui/useTitle";

import { type TicketFilters, useTickets } from "./api";
import { Counts } from "./StatusCounts";
import { FilterBar } from "./FilterBar";
import { asQuery, useFilters } from "./filters";
import { LONG_PAGES } from "./longLists";
import { TicketList } from "./TicketList";
import classes from "./TicketList.module.css";

const MOST_CHOSEN = 200;

/** The ticket module: filters first, then NUEVO TICKET, then the list. */
export function TicketsPage() {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t("modules.tickets"));
  if (me.data && !opensTickets(me.data.roles)) return <Alert>{t("states.noTickets")}</Alert>;
  return <Module support={isSupport(me.data?.roles)} />;
}

function Module({ support }: { support: boolean }) {
  const { t } = useTranslation();
  const [applied, apply] = useFilters();
  const asked = asQuery(applied);
  const list = useTickets(asked);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const tickets = list.data?.pages.flatMap((page) => page.items) ?? [];
  const choose = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id) && next.size < MOST_CHOSEN) next.add(id);
      return next;
    });
  return (
    <Stack>
      <Title order={2}>{t("modules.tickets")}</Title>
      <FilterBar key={JSON.stringify(applied)} applied={applied} support={support} onApply={apply} />
      <Group justify="space-between">
        {!support && (
          <Button component={Link} to="/tickets/nuevo" leftSection={<Icon name="plus" size={18} />}>
            {t("tickets.new")}
          </Button>
        )}
        <Counts applied={applied} asked={asked} onApply={apply} />
      </Group>
      {support && <BulkBar chosen={chosen} tickets={tickets} onDone={() => setChosen(new Set())} />}
      {list.isPending && <Loading />}
      {list.isError && (
        <Failed detail={explain(list.error, t("states.offline"))} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && tickets.length === 0 && !list.hasNextPage && (
        <Alert>{t(Object.keys(applied).length > 0 ? "tickets.empty" : "tickets.noneYet")}</Alert>
      )}
      {(list.data?.pages.length ?? 0) > LONG_PAGES && <Anew asked={asked} />}
      {(tickets.length > 0 || list.hasNextPage) && (
        <TicketList
          tickets={tickets}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onMore={more}
          {...(support && { chosen, onChoose: choose })}
        />
      )}
    </Stack>
  );
}

/** A long list does not change under its reader's hands; this begins it anew, at its head. */
function Anew({ asked }: { asked: TicketFilters }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  function begin() {
    window.scrollTo(0, 0);
    void queries.resetQueries({ queryKey: ["tickets", asked], exact: true });
  }
  return (
    <Group className={classes.anew} gap="xs" justify="center">
      <Button size="xs" variant="default" onClick={begin}>
        {t("tickets.anew")}
      </Button>
    </Group>
  );
}
