import { Button, Select, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { TicketDetail } from "@/shared/api/types";
import { ErrorAlert } from "@/shared/ui/ErrorAlert";

import { useManageTicket, useStaff } from "./api";

/** What support decides about a ticket while it is worked on: who takes it, and that it is under way. */
export function SupportPanel({ ticket }: { ticket: TicketDetail }) {
  const { t } = useTranslation();
  const staff = useStaff().data?.items ?? [];
  const manage = useManageTicket(ticket);
  return (
    <Stack gap="xs">
      <Select
        label={t("filters.assignee")}
        placeholder={t("support.nobody")}
        data={staff.map(({ id, name }) => ({ value: id, label: name }))}
        value={ticket.assignee?.id ?? null}
        onChange={(assignee_id) => manage.mutate({ assignee_id })}
        disabled={manage.isPending}
        clearable
        clearButtonProps={{ "aria-label": t("support.unassign") }}
      />
      {["open", "answered"].includes(ticket.status) && (
        <Button
          variant="default"
          loading={manage.isPending}
          onClick={() => manage.mutate({ status: "in_progress" })}
        >
          {t("support.take")}
        </Button>
      )}
      {manage.isError && <ErrorAlert error={manage.error} />}
    </Stack>
  );
}
