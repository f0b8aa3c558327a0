import { Alert, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { TicketDetail } from "@/shared/api/types";
import { MessageText } from "@/shared/ui/MessageText";

/** What came of a closed ticket: the cause and the improvement applied, where support named them. */
export function ResolutionNotice({ ticket }: { ticket: TicketDetail }) {
  const { t } = useTranslation();
  const cause = ticket.cause_name;
  if (!ticket.resolution && !cause) return <Alert color="neutral">{t("ticket.closedHint")}</Alert>;
  return (
    <Alert color="success" title={t("ticket.resolution")}>
      <Stack gap="xs">
        {ticket.resolution && <MessageText text={ticket.resolution} />}
        {cause && (
          <Text size="sm">
            {t("support.cause")}: {cause}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
