import { Stack, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useTitle } from "@/shared/ui/useTitle";

import { PlanCards } from "./PlanCards";
import { QuotaCard } from "./QuotaCard";
import { QuotaStatement } from "./QuotaStatement";

/** The store's units, what each plan offers, and every movement of units. */
export function PlanPage() {
  const { t } = useTranslation();
  useTitle(t("modules.plan"));
  return (
    <Stack gap="lg">
      <Title order={2}>{t("modules.plan")}</Title>
      <QuotaCard />
      <PlanCards />
      <QuotaStatement />
    </Stack>
  );
}
