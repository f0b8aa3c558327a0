import { Alert, Button, Group, Stack, Title } from "@mantine/core";
import { type ComponentType, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Person, Ticket, TicketFilters } from "@/shared/api/types";
import { useMe } from "@/shared/session/currentUser";
import { canSeeTickets } from "@/shared/session/roles";
import { Icon } from "@/shared/ui/icons";
import { Loading, LoadError } from "@/shared/ui/states";
import { useTitle } from "@/shared/ui/useTitle";

import { LONG_LIST_PAGES } from "../longLists";
import { useRestartList, useTickets } from "./api";
import { FilterBar } from "./FilterBar";
import { toQuery, useFilters } from "./filters";
import { StatusCounts } from "./StatusCounts";
import { TicketList } from "./TicketList";
import classes from "./TicketList.module.css";
import { useSelection } from "./useSelection";

/** What support has at the list and a store has not. */
export interface SupportListTools {
  /** Whom tickets can be assigned to. */
  assignees: readonly Person[];
  /** What can be done with the selected tickets at once. */
  BulkActions: ComponentType<{ selected: ReadonlySet<string>; tickets: Ticket[]; onDone: () => void }>;
}

interface Props {
  /** There where support looks at the list. */
  supportTools: SupportListTools | undefined;
}

/** The ticket module: filters first, then NUEVO TICKET, then the list. */
export function TicketsScreen({ supportTools }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t("modules.tickets"));
  if (me.data && !canSeeTickets(me.data.roles)) return <Alert>{t("states.noTickets")}</Alert>;
  return <Tickets supportTools={supportTools} />;
}

function Tickets({ supportTools }: Props) {
  const { t } = useTranslation();
  const [applied, apply] = useFilters();
  const query = toQuery(applied);
  const list = useTickets(query);
  const { selected, toggle, clear } = useSelection();
  const { fetchNextPage } = list;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const tickets = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack>
      <Title order={2}>{t("modules.tickets")}</Title>
      <FilterBar
        key={JSON.stringify(applied)}
        applied={applied}
        assignees={supportTools?.assignees}
        onApply={apply}
      />
      <Group justify="space-between">
        {!supportTools && (
          <Button component={Link} to="/tickets/nuevo" leftSection={<Icon name="plus" size={18} />}>
            {t("tickets.new")}
          </Button>
        )}
        <StatusCounts applied={applied} query={query} onApply={apply} />
      </Group>
      {supportTools && <supportTools.BulkActions selected={selected} tickets={tickets} onDone={clear} />}
      {list.isPending && <Loading />}
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && tickets.length === 0 && !list.hasNextPage && (
        <Alert>{t(Object.keys(applied).length > 0 ? "tickets.empty" : "tickets.noneYet")}</Alert>
      )}
      {(list.data?.pages.length ?? 0) > LONG_LIST_PAGES && <RestartButton query={query} />}
      {(tickets.length > 0 || list.hasNextPage) && (
        <TicketList
          tickets={tickets}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onMore={loadMore}
          {...(supportTools && { selected, onToggle: toggle })}
        />
      )}
    </Stack>
  );
}

/** A long list does not change under its reader's hands; this begins it anew, at its head. */
function RestartButton({ query }: { query: TicketFilters }) {
  const { t } = useTranslation();
  const restart = useRestartList(query);
  function goToTop() {
    window.scrollTo(0, 0);
    restart();
  }
  return (
    <Group className={classes.restart} gap="xs" justify="center">
      <Button size="xs" variant="default" onClick={goToTop}>
        {t("tickets.anew")}
      </Button>
    </Group>
  );
}
