import { Badge, Card, Group, List, SimpleGrid, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Loading, LoadError } from "@/shared/ui/states";

import { usePlans } from "./api";

/** Every plan with what it offers, the store's own marked. */
export function PlanCards() {
  const { t } = useTranslation();
  const plans = usePlans();
  if (plans.isPending) return <Loading />;
  if (plans.isLoadingError) return <LoadError error={plans.error} onRetry={() => void plans.refetch()} />;
  return (
    <section aria-label={t("plan.all")}>
      <Title order={3} mb="xs">
        {t("plan.all")}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
        {plans.data.items.map((plan) => (
          <Card key={plan.code}>
            <Group justify="space-between">
              <Title order={4}>{plan.name}</Title>
              {plan.current && (
                <Badge tt="none" radius="sm">
                  {t("plan.current")}
                </Badge>
              )}
            </Group>
            <List size="sm" mt="xs">
              {plan.benefits.map((benefit) => (
                <List.Item key={benefit}>{benefit}</List.Item>
              ))}
            </List>
          </Card>
        ))}
      </SimpleGrid>
    </section>
  );
}
