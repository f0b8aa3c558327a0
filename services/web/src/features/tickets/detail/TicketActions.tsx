import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { TicketDetail } from "@/shared/api/types";
import { ErrorAlert } from "@/shared/ui/ErrorAlert";

import { isActive } from "./activeStatuses";
import { useTicketActions } from "./api";
import type { SupportTicketTools } from "./supportTools";

interface Props {
  ticket: TicketDetail;
  supportTools: SupportTicketTools | undefined;
}

/** Close, open again, mark as unread; support is asked for the cause before it closes. */
export function TicketActions({ ticket, supportTools }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { close, reopen, markUnread } = useTicketActions(ticket.id);
  const [asking, setAsking] = useState(false);
  const error = close.error ?? reopen.error ?? markUnread.error;
  return (
    <Stack gap="xs">
      {ticket.status === "closed" && (
        <Button loading={reopen.isPending} onClick={() => reopen.mutate()}>
          {t("ticket.reopen")}
        </Button>
      )}
      {isActive(ticket.status) && (
        <Button
          variant="default"
          loading={close.isPending}
          onClick={() => (supportTools ? setAsking(true) : close.mutate({}))}
        >
          {t("ticket.close")}
        </Button>
      )}
      <Button
        variant="subtle"
        loading={markUnread.isPending}
        onClick={() => markUnread.mutate(undefined, { onSuccess: () => void navigate("/tickets") })}
      >
        {t("ticket.unread")}
      </Button>
      {error && <ErrorAlert error={error} />}
      {supportTools && (
        <supportTools.CloseDialog
          title={t("ticket.close")}
          opened={asking}
          onCancel={() => setAsking(false)}
          onClose={(reason) => {
            setAsking(false);
            close.mutate(reason);
          }}
        />
      )}
    </Stack>
  );
}
