import { AppShell, Burger, Button, Group, NavLink, Select, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { NavLink as RouterLink, Outlet } from "react-router";

import { chooseLanguage } from "@/i18n";
import { Failed, Loading } from "@/ui/states";

import { isSupport, opensTickets, useMe } from "./me";
import { endSession } from "./session";

/** The modules of the menu, in order; `tickets` only for those whose roles open it. */
const MODULES = ["tickets", "history", "pending", "test", "notifications", "plan"] as const;
const PATHS: Record<(typeof MODULES)[number], string> = {
  tickets: "/tickets",
  history: "/historico",
  pending: "/pendientes",
  test: "/test",
  notifications: "/notificaciones",
  plan: "/plan",
};

export function Shell() {
  const { t, i18n } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const me = useMe();
  if (me.isPending) return <Loading />;
  if (me.isError) return <Failed onRetry={() => void me.refetch()} />;
  const { name, roles, store } = me.data;
  const shown = MODULES.filter((module) => {
    if (module === "tickets") return opensTickets(roles);
    return module !== "plan" || !isSupport(roles);
  });
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding="md"
    >
      <AppShell.Header component="header">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t("app.menu")} />
            <Title order={1} size="h4">
              {t("app.name")}
            </Title>
          </Group>
          <Text size="sm" truncate>
            {name} · {store?.name ?? t("signIn.support")}
          </Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar component="nav" p="xs" aria-label={t("app.menu")}>
        <AppShell.Section grow>
          {shown.map((module) => (
            <NavLink
              key={module}
              component={RouterLink}
              to={PATHS[module]}
              label={t(`modules.${module}`)}
              onClick={close}
            />
          ))}
        </AppShell.Section>
        <AppShell.Section>
          <Select
            aria-label="Idioma / Language"
            data={[
              { value: "es", label: "Español" },
              { value: "en", label: "English" },
            ]}
            value={i18n.language}
            onChange={(value) => void chooseLanguage(value === "en" ? "en" : "es")}
            allowDeselect={false}
            mb="xs"
          />
          <Button variant="default" fullWidth onClick={() => endSession("signed-out")}>
            {t("app.signOut")}
          </Button>
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
