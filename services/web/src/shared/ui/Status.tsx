import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

import classes from "./Status.module.css";

export type StatusName = "pending" | "parked" | "open" | "in_progress" | "answered" | "closed";

/** Where a ticket stands, as a word on a colour of its own. */
export function Status({ status }: { status: StatusName }) {
  const { t } = useTranslation();
  return (
    <Badge variant="transparent" radius="sm" tt="none" className={`${classes.status} ${classes[status]}`}>
      {t(`status.${status}`)}
    </Badge>
  );
}
