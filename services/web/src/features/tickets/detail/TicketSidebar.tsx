import { Alert, Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { CloseDialog } from "@/features/support/CloseTicketDialog";
import { DeskPanel } from "@/features/support/SupportPanel";
import { explain } from "@/shared/ui/problems";
import { moment } from "@/shared/time/format";

import { type Ticket, useActions } from "./api";
import classes from "./Ticket.module.css";
import { Timeline } from "./Timeline";

const GOING_ON = ["open", "in_progress", "answered"];

/** What is known of the ticket, its buttons, and its history. */
export function Aside({ ticket, support }: { ticket: Ticket; support: boolean }) {
  const going = GOING_ON.includes(ticket.status);
  return (
    <Stack>
      <Facts ticket={ticket} support={support} />
      {support && going && <DeskPanel ticket={ticket} />}
      <Buttons ticket={ticket} support={support} going={going} />
      <Timeline ticketId={ticket.id} />
    </Stack>
  );
}

function Facts({ ticket, support }: { ticket: Ticket; support: boolean }) {
  const { t, i18n } = useTranslation();
  const facts: [string, string | undefined][] = [
    [t("filters.store"), support ? ticket.store.name : undefined],
    [t("ticket.openedBy"), ticket.opened_by.name],
    [t("filters.kind"), t(`kind.${ticket.kind}`)],
    [t("ticket.createdAt"), moment(ticket.created_at, i18n.language)],
    [t("ticket.lastActivity"), moment(ticket.last_activity_at, i18n.language)],
    [t("ticket.closedAt"), ticket.closed_at ? moment(ticket.closed_at, i18n.language) : undefined],
    [t("filters.assignee"), support && ticket.status === "closed" ? ticket.assignee?.name : undefined],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name} style={{ display: "contents" }}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Buttons({ ticket, support, going }: { ticket: Ticket; support: boolean; going: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { close, reopen, unread } = useActions(ticket.id);
  const [asking, setAsking] = useState(false);
  const failed = close.error ?? reopen.error ?? unread.error;
  return (
    <Stack gap="xs">
      {ticket.status === "closed" && (
        <Button loading={reopen.isPending} onClick={() => reopen.mutate()}>
          {t("ticket.reopen")}
        </Button>
      )}
      {going && (
        <Button
          variant="default"
          loading={close.isPending}
          onClick={() => (support ? setAsking(true) : close.mutate({}))}
        >
          {t("ticket.close")}
        </Button>
      )}
      <Button
        variant="subtle"
        loading={unread.isPending}
        onClick={() => unread.mutate(undefined, { onSuccess: () => void navigate("/tickets") })}
      >
        {t("ticket.unread")}
      </Button>
      {failed && (
        <Alert color="red" role="alert">
          {explain(failed, t("states.offline"))}
        </Alert>
      )}
      <CloseDialog
        title={t("ticket.close")}
        opened={asking}
        onCancel={() => setAsking(false)}
        onClose={(why) => {
          setAsking(false);
          close.mutate(why);
        }}
      />
    </Stack>
  );
}
