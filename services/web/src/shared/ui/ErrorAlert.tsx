import { Alert, type AlertProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { errorMessage } from "@/shared/api/errors";

interface Props extends Pick<AlertProps, "mt"> {
  error: unknown;
  /** What to say where the API said nothing; else that the network is away. */
  fallback?: string;
}

/** Why something the person asked for was not done. */
export function ErrorAlert({ error, fallback, ...margins }: Props) {
  const { t } = useTranslation();
  return (
    <Alert color="danger" role="alert" {...margins}>
      {errorMessage(error, fallback ?? t("states.offline"))}
    </Alert>
  );
}
