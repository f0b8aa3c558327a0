import { AppShell, Button, NavLink, Select, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NavLink as RouterLink } from "react-router";

import { useUnreadCount } from "@/features/notifications/api";
import { chooseLanguage } from "@/shared/i18n";
import { endSession } from "@/shared/session/session";
import { Icon } from "@/shared/ui/icons";

import { type Module, MODULE_PATHS, modulesFor } from "./modules";
import classes from "./Shell.module.css";

/** The modules a person may open; below them the language and the way out. */
export function Menu({ roles, onOpen }: { roles: readonly string[]; onOpen: () => void }) {
  return (
    <>
      <AppShell.Section grow>
        {modulesFor(roles).map((module) => (
          <MenuEntry key={module} module={module} onOpen={onOpen} />
        ))}
      </AppShell.Section>
      <MenuFooter />
    </>
  );
}

function MenuEntry({ module, onOpen }: { module: Module; onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <NavLink
      component={RouterLink}
      to={MODULE_PATHS[module]}
      className={classes.module}
      label={t(`modules.${module}`)}
      leftSection={<Icon name={module} />}
      rightSection={module === "notifications" && <UnreadBadge />}
      onClick={onOpen}
    />
  );
}

function UnreadBadge() {
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

function MenuFooter() {
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
