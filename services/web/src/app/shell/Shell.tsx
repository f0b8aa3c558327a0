import {
  Alert,
  AppShell,
  Burger,
  Button,
  Group,
  NavLink,
  Select,
  Text,
  Title,
  VisuallyHidden,
} from "@mantine/core";
import { useDisclosure, useNetwork } from "@mantine/hooks";
import { useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { NavLink as RouterLink, Outlet, ScrollRestoration, useLocation } from "react-router";

import { useUnreadCount } from "@/features/notifications/api";
import { useSending } from "@/features/tickets/detail/useOutgoingMessages";
import { chooseLanguage } from "@/shared/i18n";
import { Icon } from "@/shared/ui/icons";
import { explain } from "@/shared/ui/problems";
import { Failed, Loading } from "@/shared/ui/states";

import { useLive } from "@/app/liveUpdates";
import { isSupport, opensTickets, useMe } from "@/shared/session/currentUser";
import { endSession } from "@/shared/session/session";
import classes from "./Shell.module.css";

/** The modules of the menu, in order. */
const MODULES = ["tickets", "history", "pending", "test", "notifications", "plan", "replies"] as const;
type Module = (typeof MODULES)[number];

const PATHS: Record<Module, string> = {
  tickets: "/tickets",
  history: "/historico",
  pending: "/pendientes",
  test: "/test",
  notifications: "/notificaciones",
  plan: "/plan",
  replies: "/respuestas",
};

function isShown(module: Module, roles: readonly string[]): boolean {
  if (module === "tickets") return opensTickets(roles);
  if (module === "plan") return !isSupport(roles);
  return module !== "replies" || isSupport(roles);
}

export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const me = useMe();
  if (me.isPending) return <Loading />;
  if (me.isError) {
    return <Failed detail={explain(me.error, t("states.offline"))} onRetry={() => void me.refetch()} />;
  }
  const { id, name, roles, store } = me.data;
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
        <AppShell.Section grow>
          {MODULES.filter((module) => isShown(module, roles)).map((module) => (
            <Entry key={module} module={module} onOpen={close} />
          ))}
        </AppShell.Section>
        <Below />
      </AppShell.Navbar>
      <Sender owner={id} />
      <AppShell.Main className={classes.main}>
        <Content />
      </AppShell.Main>
    </AppShell>
  );
}

function Entry({ module, onOpen }: { module: Module; onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <NavLink
      component={RouterLink}
      to={PATHS[module]}
      className={classes.module}
      label={t(`modules.${module}`)}
      leftSection={<Icon name={module} />}
      rightSection={module === "notifications" && <Unread />}
      onClick={onOpen}
    />
  );
}

function Unread() {
  const { t } = useTranslation();
  const count = useUnreadCount();
  if (!count) return null;
  return (
    <span className={classes.unread}>
      {count > 99 ? "99+" : count}
      <VisuallyHidden> {t("notifications.unread")}</VisuallyHidden>
    </span>
  );
}

function Below() {
  const { t, i18n } = useTranslation();
  return (
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
  );
}

/** Sends what waits to be sent and hears what is new, whatever module is open. */
function Sender({ owner }: { owner: string }) {
  useSending(owner);
  useLive();
  return null;
}

/**
 * Whoever goes on by keyboard or reader is taken to the new screen, not left where the old one was.
 * From "/" nobody went anywhere: the first screen comes by itself, maybe after the first keys were pressed.
 */
function useFocusAfterMove() {
  const content = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useLayoutEffect(() => {
    const moved = shown.current !== pathname && shown.current !== "/";
    if (moved) content.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);
  return content;
}

function Content() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const content = useFocusAfterMove();
  return (
    <div className={classes.inside} id="contenido" tabIndex={-1} ref={content}>
      {!online && (
        <Alert color="yellow" role="status" mb="md">
          {t("states.offline")}
        </Alert>
      )}
      <Outlet />
      <ScrollRestoration />
    </div>
  );
}
