import { Alert, Anchor, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { isSupport, opensTickets, useMe } from "@/shared/session/currentUser";
import { showInLists } from "@/features/tickets/list/longLists";
import { Icon } from "@/shared/ui/icons";
import { explain } from "@/shared/ui/problems";
import { Failed, Loading } from "@/shared/ui/states";
import { Status } from "@/shared/ui/Status";
import { useTitle } from "@/shared/ui/useTitle";
import { Verdict } from "@/shared/ui/Verdict";

import { markRead, type Ticket, useMessages, useTicket } from "./api";
import { Aside } from "./TicketSidebar";
import { Conversation } from "./Conversation";
import { Parked, QuestionFirst, Resolution } from "./TicketNotices";
import { ReplyBox } from "./ReplyBox";
import classes from "./Ticket.module.css";

/** A ticket: its question first, then the conversation; beside them what is known and what can be done. */
export function TicketPage() {
  const { t } = useTranslation();
  const me = useMe();
  if (me.data && !opensTickets(me.data.roles)) return <Alert>{t("states.noTickets")}</Alert>;
  return <Allowed />;
}

function Allowed() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const ticket = useTicket(id);
  useReadAll(id);
  if (ticket.isPending) return <Loading />;
  if (ticket.isError && !ticket.data) {
    return (
      <Stack>
        <Back />
        <Failed detail={explain(ticket.error, t("states.offline"))} onRetry={() => void ticket.refetch()} />
      </Stack>
    );
  }
  return <Detail key={id} ticket={ticket.data} />;
}

/** Whoever has the ticket open has read what it shows. */
function useReadAll(id: string) {
  const queries = useQueryClient();
  const newest = useMessages(id).data?.pages.at(-1)?.items.at(-1)?.id;
  useEffect(() => {
    if (!newest) return;
    // Where this fails the ticket stays unread, which is what it then is.
    void markRead(id).then(
      () => {
        showInLists(queries, id, { unread: false });
        void queries.invalidateQueries({ queryKey: ["notifications"] });
        void queries.invalidateQueries({ queryKey: ["tickets"] });
      },
      () => undefined,
    );
  }, [id, newest, queries]);
}

function Back() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to="/tickets" size="sm" w="fit-content">
      <Group gap={6} component="span">
        <Icon name="back" size={16} /> {t("tickets.back")}
      </Group>
    </Anchor>
  );
}

function Detail({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const support = isSupport(useMe().data?.roles);
  const named = t("tickets.numbered", { number: ticket.number });
  useTitle(named);
  const queries = useQueryClient();
  const { id, status, verdict } = ticket;
  useEffect(() => showInLists(queries, id, { status, verdict }), [id, queries, status, verdict]);
  return (
    <Stack>
      <Back />
      <Group gap="sm">
        <Title order={2}>{named}</Title>
        <span aria-live="polite">
          <Status status={ticket.status} />
        </span>
        <Verdict verdict={ticket.verdict} />
      </Group>
      <div className={classes.columns}>
        <Stack>
          {ticket.question && <QuestionFirst question={ticket.question} />}
          <Conversation ticketId={ticket.id} />
          {ticket.status === "pending" && <Alert role="status">{t("ticket.pending")}</Alert>}
          {ticket.status === "parked" && <Parked ticket={ticket} support={support} />}
          {ticket.status === "closed" && <Resolution ticket={ticket} />}
          {["open", "in_progress", "answered"].includes(ticket.status) && (
            <ReplyBox ticketId={ticket.id} support={support} />
          )}
        </Stack>
        <Card component="aside" aria-label={t("ticket.about")}>
          <Text fw={600} mb="sm">
            {t("ticket.about")}
          </Text>
          <Aside ticket={ticket} support={support} />
        </Card>
      </div>
    </Stack>
  );
}
