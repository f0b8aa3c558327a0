import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import classes from "./Verdict.module.css";

export type VerdictName = "correct" | "improvable" | "incorrect";

/** A verdict's sign: a colour and a shape of its own, so that nobody has to tell colours apart. */
export function VerdictSign({ verdict }: { verdict: VerdictName }) {
  return (
    <svg
      className={classes[verdict]}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden
      focusable="false"
    >
      {verdict === "correct" && <path d="M2 9l4 4 8-10" fill="none" strokeWidth="3" stroke="currentColor" />}
      {verdict === "improvable" && <circle cx="8" cy="8" r="7" fill="currentColor" />}
      {verdict === "incorrect" && <rect x="2" y="2" width="12" height="12" fill="currentColor" />}
    </svg>
  );
}

/** A verdict's sign with its word. */
export function Verdict({ verdict }: { verdict: VerdictName }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      <VerdictSign verdict={verdict} />
      <Text component="span" size="sm">
        {t(`verdict.${verdict}`)}
      </Text>
    </Group>
  );
}
