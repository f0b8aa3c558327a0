import { Alert, Button, Select, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { type Ticket, useManage } from "@/features/tickets/detail/api";
import { explain } from "@/shared/ui/problems";

import { useStaff } from "./api";

/** What support decides about a ticket while it is worked on: who takes it, and that it is under way. */
export function DeskPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const staff = useStaff().data?.items ?? [];
  const manage = useManage(ticket);
  return (
    <Stack gap="xs">
      <Select
        label={t("filters.assignee")}
        placeholder={t("desk.nobody")}
        data={staff.map(({ id, name }) => ({ value: id, label: name }))}
        value={ticket.assignee?.id ?? null}
        onChange={(assignee_id) => manage.mutate({ assignee_id })}
        disabled={manage.isPending}
        clearable
        clearButtonProps={{ "aria-label": t("desk.unassign") }}
      />
      {["open", "answered"].includes(ticket.status) && (
        <Button
          variant="default"
          loading={manage.isPending}
          onClick={() => manage.mutate({ status: "in_progress" })}
        >
          {t("desk.take")}
        </Button>
      )}
      {manage.isError && (
        <Alert color="red" role="alert">
          {explain(manage.error, t("states.offline"))}
        </Alert>
      )}
    </Stack>
  );
}
