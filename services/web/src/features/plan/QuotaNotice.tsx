import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useQuota } from "./api";
import { PlansWithTickets } from "./PlansWithTickets";

/** How many tickets are left, said before a new one is written, and that its text is stored even if none are. */
export function QuotaNotice() {
  const { t } = useTranslation();
  const quota = useQuota().data;
  if (!quota) return null;
  if (!quota.tickets_included || quota.remaining === 0) {
    return (
      <Alert color="warning" title={t(quota.tickets_included ? "tickets.noneLeft" : "plan.without")}>
        <Text size="sm">{t("tickets.willWait")}</Text>
        <PlansWithTickets />
      </Alert>
    );
  }
  return (
    <Text>
      {quota.remaining === null
        ? t("tickets.unlimited")
        : t("tickets.left", { remaining: quota.remaining, limit: quota.limit })}
    </Text>
  );
}
