import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Verdict } from "@/shared/api/types";

import classes from "./VerdictLabel.module.css";

const GLYPHS: Record<Verdict, string> = {
  correct: "M5.5 10.5l3 3 6-7",
  improvable: "M10 5.5v5.5M10 14.4v.1",
  incorrect: "M6.8 6.8l6.4 6.4M13.2 6.8l-6.4 6.4",
};

/** A verdict's circle: a colour and a mark of its own, so that nobody has to distinguish colours. */
export function VerdictIcon({ verdict, size = 20 }: { verdict: Verdict; size?: number }) {
  return (
    <svg
      className={`${classes.icon} ${classes[verdict]}`}
      viewBox="0 0 20 20"
      width={size}
      height={size}
      aria-hidden
      focusable="false"
    >
      <circle className={classes.disc} cx="10" cy="10" r="9" />
      <path className={classes.glyph} d={GLYPHS[verdict]} />
    </svg>
  );
}

/** A verdict's circle with its word. */
export function VerdictLabel({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      <VerdictIcon verdict={verdict} size={18} />
      <Text component="span" size="sm">
        {t(`verdict.${verdict}`)}
      </Text>
    </Group>
  );
}
