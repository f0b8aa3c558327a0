import { Alert, Anchor, Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";

import type { components } from "@/api/schema";
import { isSupport, useMe } from "@/app/me";
import { explain } from "@/ui/problems";
import { Failed, Loading } from "@/ui/states";
import { Verdict } from "@/ui/Verdict";
import { Written } from "@/ui/Written";

import { markRead, useActions, useMessages, useTicket } from "./api";
import { Conversation } from "./Conversation";
import { ReplyBox } from "./ReplyBox";
import { Timeline } from "./Timeline";

type Ticket = components["schemas"]["TicketDetail"];

/** A ticket: its question first, then the conversation, then what can be done. */
export function TicketPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const ticket = useTicket(id);
  useReadAll(id);
  if (ticket.isPending) return <Loading />;
  if (ticket.isError) {
    return (
      <Failed detail={explain(ticket.error, t("states.offline"))} onRetry={() => void ticket.refetch()} />
    );
  }
  return <Detail key={id} ticket={ticket.data} />;
}

/** Whoever has the ticket open has read what it shows. */
function useReadAll(id: string) {
  const newest = useMessages(id).data?.pages.at(-1)?.items.at(-1)?.id;
  useEffect(() => {
    void markRead(id);
  }, [id, newest]);
}

function Detail({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const me = useMe().data;
  const support = isSupport(me?.roles);
  return (
    <Stack maw={860}>
      <Anchor component={Link} to="/tickets">
        {t("tickets.back")}
      </Anchor>
      <Group>
        <Title order={2}>{t("tickets.numbered", { number: ticket.number })}</Title>
        <Badge variant="light" color="gray" c="var(--mantine-color-text)" aria-live="polite">
          {t(`status.${ticket.status}`)}
        </Badge>
        <Verdict verdict={ticket.verdict} />
      </Group>
      {ticket.question && <QuestionFirst question={ticket.question} />}
      <Conversation ticketId={ticket.id} />
      {ticket.status === "pending" && <Alert>{t("ticket.pending")}</Alert>}
      {ticket.status === "parked" && <Parked ticket={ticket} />}
      {ticket.status === "closed" && ticket.resolution && (
        <Alert title={t("ticket.resolution")}>
          <Written text={ticket.resolution} />
        </Alert>
      )}
      {["open", "in_progress", "answered"].includes(ticket.status) && (
        <ReplyBox ticketId={ticket.id} support={support} />
      )}
      <Buttons ticket={ticket} />
      <Timeline ticketId={ticket.id} />
    </Stack>
  );
}

function QuestionFirst({ question }: { question: NonNullable<Ticket["question"]> }) {
  const { t } = useTranslation();
  return (
    <Card withBorder component="section" aria-label={t("questions.question")}>
      <Text fw={600} size="sm">
        {t("questions.question")} {question.product && `· ${question.product}`}
      </Text>
      <Written text={question.text} />
      <Text fw={600} size="sm" mt="sm">
        {t("questions.answer")}
      </Text>
      <Written text={question.rating?.rated_answer ?? question.answer} />
    </Card>
  );
}

function Parked({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { promote } = useActions(ticket.id);
  return (
    <Alert color="yellow" title={t("ticket.parked")}>
      <Text size="sm">{t(`parked.${ticket.parked_reason}`)}</Text>
      <Group mt="xs">
        <Button size="xs" variant="default" loading={promote.isPending} onClick={() => promote.mutate()}>
          {t("questions.promote")}
        </Button>
        <Anchor component={Link} to="/plan" size="sm">
          {t("plan.all")}
        </Anchor>
      </Group>
    </Alert>
  );
}

function Buttons({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { close, reopen, unread } = useActions(ticket.id);
  const [left, setLeft] = useState(false);
  const failed = close.error ?? reopen.error ?? unread.error;
  return (
    <Stack gap="xs">
      <Group>
        {ticket.status === "closed" && (
          <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
            {t("ticket.reopen")}
          </Button>
        )}
        {["open", "in_progress", "answered"].includes(ticket.status) && (
          <Button variant="default" loading={close.isPending} onClick={() => close.mutate({})}>
            {t("ticket.close")}
          </Button>
        )}
        <Button
          variant="subtle"
          loading={unread.isPending || left}
          onClick={() => {
            setLeft(true);
            unread.mutate(undefined, {
              onSuccess: () => void navigate("/tickets"),
              onSettled: () => setLeft(false),
            });
          }}
        >
          {t("ticket.unread")}
        </Button>
      </Group>
      {failed && (
        <Alert color="red" role="alert">
          {explain(failed, t("states.offline"))}
        </Alert>
      )}
    </Stack>
  );
}
