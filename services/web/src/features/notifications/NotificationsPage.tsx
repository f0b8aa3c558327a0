import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useTitle } from "@/shared/ui/useTitle";

import { NotificationList } from "./NotificationList";
import { Preferences } from "./Preferences";

/** What the person was told, latest first, and what they want to be told. */
export function NotificationsPage() {
  const { t } = useTranslation();
  useTitle(t("modules.notifications"));
  return (
    <Stack>
      <NotificationList />
      <Preferences />
    </Stack>
  );
}
