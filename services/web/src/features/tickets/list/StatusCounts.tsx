import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { type TicketFilters, useCounts } from "./api";
import { type FilterTexts, STATUSES } from "./filters";

interface Props {
  applied: FilterTexts;
  asked: TicketFilters;
  onApply: (next: FilterTexts) => void;
}

/** How many tickets stand where, under the other filters; pressing one shows those alone, or all again. */
export function Counts({ applied, asked, onApply }: Props) {
  const { t } = useTranslation();
  const counts = useCounts(asked).data?.items ?? [];
  return (
    <Group gap={6} role="group" aria-label={t("tickets.counts")}>
      {STATUSES.map((status) => {
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
