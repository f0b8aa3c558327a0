import { Alert, Card, Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { formatDate } from "@/shared/time/formatting";
import { Loading, LoadError } from "@/shared/ui/states";

import { useQuota } from "./api";

/** How many tickets of this period were used, and when units are renewed. */
export function QuotaCard() {
  const { t, i18n } = useTranslation();
  const quota = useQuota();
  if (quota.isPending) return <Loading />;
  if (quota.isLoadingError) return <LoadError error={quota.error} onRetry={() => void quota.refetch()} />;
  const { limit, used, remaining, resets_at, tickets_included } = quota.data;
  if (!tickets_included) return <Alert>{t("plan.without")}</Alert>;
  return (
    <Card>
      <Text fw={600}>
        {limit === null ? t("plan.unlimited", { used }) : t("plan.units", { used, limit, remaining })}
      </Text>
      {limit !== null && limit > 0 && (
        <Progress.Root size="xl" mt="xs">
          <Progress.Section
            value={(100 * used) / limit}
            color={remaining === 0 ? "danger" : used >= 0.8 * limit ? "warning.7" : "brand"}
            aria-label={t("plan.used", { used, limit })}
          />
        </Progress.Root>
      )}
      {resets_at && (
        <Text size="sm" mt="xs">
          {t("plan.resets", { day: formatDate(resets_at, i18n.language) })}
        </Text>
      )}
    </Card>
  );
}
