import { Alert, Button, Center, Loader, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { errorMessage } from "@/shared/api/errors";

/** Shown while something is being loaded. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <Center mih={160} role="status">
      <Loader size="sm" aria-hidden />
      <Text ml="sm">{t("states.loading")}</Text>
    </Center>
  );
}

/** Shown where loading failed: the API's own explanation, where it gave one, and a way to try again. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="danger" role="alert" title={t("states.failed")}>
      <Stack align="start" gap="xs">
        <Text size="sm">{errorMessage(error, t("states.offline"))}</Text>
        <Button variant="default" onClick={onRetry}>
          {t("states.retry")}
        </Button>
      </Stack>
    </Alert>
  );
}

/** Shown at an address of the page that does not exist. */
export function NotFound() {
  const { t } = useTranslation();
  return <Alert title="404">{t("states.notFound")}</Alert>;
}
