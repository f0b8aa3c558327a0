import { Alert, Button, Card, Group, List, Select, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { TicketItem } from "@/features/tickets/list/api";
import { explain } from "@/shared/ui/problems";

import { type BulkResult, useBulk, useStaff } from "./api";
import { CloseDialog } from "./CloseTicketDialog";
import classes from "./Support.module.css";

const NOBODY = "none";

interface Props {
  chosen: ReadonlySet<string>;
  tickets: TicketItem[];
  onDone: () => void;
}

/** Close or assign the chosen tickets; then what became of each. */
export function BulkBar({ chosen, tickets, onDone }: Props) {
  const { t } = useTranslation();
  const staff = useStaff().data?.items ?? [];
  const bulk = useBulk();
  const [closing, setClosing] = useState(false);
  const ticket_ids = [...chosen];
  if (chosen.size === 0 && !bulk.data && !bulk.isError) return null;
  return (
    <Card className={classes.bar} component="section" aria-label={t("desk.bulk")} padding="sm">
      {chosen.size > 0 && (
        <Group>
          <Text fw={600}>{t("desk.chosen", { count: chosen.size })}</Text>
          <Select
            aria-label={t("desk.assignTo")}
            placeholder={t("desk.assignTo")}
            data={[
              { value: NOBODY, label: t("desk.nobody") },
              ...staff.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={null}
            onChange={(person) =>
              person &&
              bulk.mutate(
                { action: "assign", ticket_ids, assignee_id: person === NOBODY ? null : person },
                { onSuccess: onDone },
              )
            }
            disabled={bulk.isPending}
          />
          <Button loading={bulk.isPending} onClick={() => setClosing(true)}>
            {t("desk.closeMany")}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t("desk.chooseNone")}
          </Button>
        </Group>
      )}
      {bulk.data && (
        <Group justify="space-between" align="start" mt={chosen.size > 0 ? "xs" : 0}>
          <Results results={bulk.data.items} tickets={tickets} />
          <Button size="xs" variant="subtle" onClick={bulk.reset}>
            {t("pictures.close")}
          </Button>
        </Group>
      )}
      {bulk.isError && (
        <Alert color="red" role="alert" mt="xs">
          {explain(bulk.error, t("states.offline"))}
        </Alert>
      )}
      <CloseDialog
        title={t("desk.closeMany")}
        opened={closing}
        onCancel={() => setClosing(false)}
        onClose={(why) => {
          setClosing(false);
          bulk.mutate({ action: "close", ticket_ids, ...why }, { onSuccess: onDone });
        }}
      />
    </Card>
  );
}

function Results({ results, tickets }: { results: BulkResult[]; tickets: TicketItem[] }) {
  const { t } = useTranslation();
  const refused = results.filter(({ result }) => result !== "done");
  const named = (id: string) => {
    const ticket = tickets.find((one) => one.id === id);
    return ticket ? `${ticket.store.name} · ${t("tickets.numbered", { number: ticket.number })}` : id;
  };
  return (
    <div role="status">
      <Text size="sm">{t("desk.done", { count: results.length - refused.length })}</Text>
      {refused.length > 0 && (
        <List size="sm">
          {refused.map(({ ticket_id, result, detail }) => (
            <List.Item key={ticket_id}>
              {named(ticket_id)}: {detail ?? result}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
