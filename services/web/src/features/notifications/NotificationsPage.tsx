import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useTitle } from "@/shared/ui/useTitle";

import { NotificationList } from "./NotificationList";
import { Preferences } from "./Preferences";

/** The person's notifications, latest first, and their preferences. */
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
