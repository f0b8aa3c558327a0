import { Alert, AppShell, Burger, Group, Text, Title } from "@mantine/core";
import { useDisclosure, useNetwork } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Outlet, ScrollRestoration } from "react-router";

import { useSendOutgoingMessages } from "@/features/tickets/detail/useOutgoingMessages";
import { useMe } from "@/shared/session/currentUser";
import { Loading, LoadError } from "@/shared/ui/states";

import { useLiveUpdates } from "../useLiveUpdates";
import { Menu } from "./Menu";
import classes from "./Shell.module.css";
import { useFocusAfterNavigation } from "./useFocusAfterNavigation";

/** What surrounds every module: header, menu, and the work that goes on whichever of them is open. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const me = useMe();
  if (me.isPending) return <Loading />;
  if (me.isLoadingError) return <LoadError error={me.error} onRetry={() => void me.refetch()} />;
  const { id, name, roles, store, serverTime } = me.data;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a href="#contenido" className={classes.skip}>
        {t("app.skip")}
      </a>
      <AppShell.Header component="header">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t("app.menu")}
              aria-expanded={opened}
            />
            <img src="/icon.svg" alt="" width="28" height="28" />
            <Title order={1} size="h4" className={classes.brand}>
              Botmeni
            </Title>
          </Group>
          <Text size="sm" truncate title={`${name} · ${store?.name ?? t("signIn.support")}`}>
            <b>{name}</b> · {store?.name ?? t("signIn.support")}
          </Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar component="nav" p="xs" aria-label={t("app.menu")}>
        <Menu roles={roles} onOpen={close} />
      </AppShell.Navbar>
      <BackgroundWork userId={id} readSince={serverTime} />
      <AppShell.Main className={classes.main}>
        <Content />
      </AppShell.Main>
    </AppShell>
  );
}

/** Sends what waits to be sent and listens to the live stream, whatever module is open. */
function BackgroundWork({ userId, readSince }: { userId: string; readSince: string | null }) {
  useSendOutgoingMessages(userId);
  useLiveUpdates(readSince);
  return null;
}

function Content() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const content = useFocusAfterNavigation();
  return (
    <div className={classes.content} id="contenido" tabIndex={-1} ref={content}>
      {!online && (
        <Alert color="warning" role="status" mb="md">
          {t("states.offline")}
        </Alert>
      )}
      <Outlet />
      <ScrollRestoration />
    </div>
  );
}
