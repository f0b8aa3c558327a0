import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { TicketFilters } from "@/shared/api/types";
import { TICKET_STATUSES } from "@/shared/api/values";

import { useStatusCounts } from "./api";
import type { FilterTexts } from "./filters";

interface Props {
  applied: FilterTexts;
  query: TicketFilters;
  onApply: (next: FilterTexts) => void;
}

/** How many tickets stand where, under the other filters; pressing one shows those alone, or all again. */
export function StatusCounts({ applied, query, onApply }: Props) {
  const { t } = useTranslation();
  const counts = useStatusCounts(query).data?.items ?? [];
  return (
    <Group gap={6} role="group" aria-label={t("tickets.counts")}>
      {TICKET_STATUSES.map((status) => {
        const found = counts.find((count) => count.status === status);
        if (!found?.count) return null;
        const pressed = applied.status === status;
        return (
          <Button
            key={status}
            size="xs"
            variant={pressed ? "filled" : "default"}
            aria-pressed={pressed}
            onClick={() => onApply({ ...applied, status: pressed ? "" : status })}
          >
            {t(`status.${status}`)} · {found.count}
            {found.capped && "+"}
          </Button>
        );
      })}
    </Group>
  );
}
