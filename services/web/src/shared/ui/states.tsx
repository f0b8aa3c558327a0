import { Alert, Button, Center, Loader, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Something is on its way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <Center mih={160} role="status">
      <Loader size="sm" aria-hidden />
      <Text ml="sm">{t("states.loading")}</Text>
    </Center>
  );
}

/** It did not arrive; `detail` is the API's own explanation, where it gave one. */
export function Failed({ detail, onRetry }: { detail?: string; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" role="alert" title={t("states.failed")}>
      <Stack align="start" gap="xs">
        {detail && <Text size="sm">{detail}</Text>}
        <Button variant="default" onClick={onRetry}>
          {t("states.retry")}
        </Button>
      </Stack>
    </Alert>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return <Alert title="404">{t("states.notFound")}</Alert>;
}
