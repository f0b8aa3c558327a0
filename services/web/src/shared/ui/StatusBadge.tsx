import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { TicketStatus } from "@/shared/api/types";

import classes from "./StatusBadge.module.css";

/** Where a ticket stands, as a word on a colour of its own. */
export function StatusBadge({ status }: { status: TicketStatus }) {
  const { t } = useTranslation();
  return (
    <Badge variant="transparent" radius="sm" tt="none" className={`${classes.status} ${classes[status]}`}>
      {t(`status.${status}`)}
    </Badge>
  );
}
