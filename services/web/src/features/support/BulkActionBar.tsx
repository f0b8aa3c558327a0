import { Button, Card, Group, List, Select, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BulkResult, Ticket } from "@/shared/api/types";
import { ErrorAlert } from "@/shared/ui/ErrorAlert";

import { useBulkAction, useStaff } from "./api";
import { CloseTicketDialog } from "./CloseTicketDialog";
import classes from "./Support.module.css";

const NOBODY = "none";

export interface BulkActionBarProps {
  selected: ReadonlySet<string>;
  tickets: Ticket[];
  onDone: () => void;
}

/** Close or assign the selected tickets; then what became of each. */
export function BulkActionBar({ selected, tickets, onDone }: BulkActionBarProps) {
  const { t } = useTranslation();
  const staff = useStaff().data?.items ?? [];
  const bulk = useBulkAction();
  const [closing, setClosing] = useState(false);
  const ticket_ids = [...selected];
  if (selected.size === 0 && !bulk.data && !bulk.isError) return null;
  return (
    <Card className={classes.bar} component="section" aria-label={t("support.bulk")} padding="sm">
      {selected.size > 0 && (
        <Group>
          <Text fw={600}>{t("support.chosen", { count: selected.size })}</Text>
          <Select
            aria-label={t("support.assignTo")}
            placeholder={t("support.assignTo")}
            data={[
              { value: NOBODY, label: t("support.nobody") },
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
            {t("support.closeMany")}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t("support.chooseNone")}
          </Button>
        </Group>
      )}
      {bulk.data && (
        <Group justify="space-between" align="start" mt={selected.size > 0 ? "xs" : 0}>
          <BulkResults results={bulk.data.items} tickets={tickets} />
          <Button size="xs" variant="subtle" onClick={bulk.reset}>
            {t("pictures.close")}
          </Button>
        </Group>
      )}
      {bulk.isError && <ErrorAlert error={bulk.error} mt="xs" />}
      <CloseTicketDialog
        title={t("support.closeMany")}
        opened={closing}
        onCancel={() => setClosing(false)}
        onClose={(reason) => {
          setClosing(false);
          bulk.mutate({ action: "close", ticket_ids, ...reason }, { onSuccess: onDone });
        }}
      />
    </Card>
  );
}

function BulkResults({ results, tickets }: { results: BulkResult[]; tickets: Ticket[] }) {
  const { t } = useTranslation();
  const refused = results.filter(({ result }) => result !== "done");
  const nameOf = (id: string) => {
    const ticket = tickets.find((one) => one.id === id);
    return ticket ? `${ticket.store.name} · ${t("tickets.numbered", { number: ticket.number })}` : id;
  };
  return (
    <div role="status">
      <Text size="sm">{t("support.done", { count: results.length - refused.length })}</Text>
      {refused.length > 0 && (
        <List size="sm">
          {refused.map(({ ticket_id, result, detail }) => (
            <List.Item key={ticket_id}>
              {nameOf(ticket_id)}: {detail ?? result}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
