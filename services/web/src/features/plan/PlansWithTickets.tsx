import { Anchor, List, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { usePlans } from "./api";

/** Which plans have tickets, for those whose plan has none or whose units are used up. */
export function PlansWithTickets() {
  const { t } = useTranslation();
  const plans = usePlans().data?.items.filter((plan) => plan.tickets_included) ?? [];
  return (
    <>
      {plans.length > 0 && (
        <>
          <Text size="sm" mt="xs">
            {t("plan.withTickets")}
          </Text>
          <List size="sm">
            {plans.map((plan) => (
              <List.Item key={plan.code}>
                {plan.name}: {plan.benefits.find((benefit) => /ticket/i.test(benefit))}
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Anchor component={Link} to="/plan" size="sm">
        {t("plan.all")}
      </Anchor>
    </>
  );
}
