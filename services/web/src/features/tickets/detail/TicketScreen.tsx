import { Alert, Anchor, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import type { TicketDetail } from "@/shared/api/types";
import { useMe } from "@/shared/session/currentUser";
import { isSupport, canSeeTickets } from "@/shared/session/roles";
import { Icon } from "@/shared/ui/icons";
import { Loading, LoadError } from "@/shared/ui/states";
import { StatusBadge } from "@/shared/ui/StatusBadge";
import { useTitle } from "@/shared/ui/useTitle";
import { VerdictLabel } from "@/shared/ui/VerdictLabel";

import { updateInLongLists } from "../longLists";
import { isActive } from "./activeStatuses";
import { useTicket } from "./api";
import { Conversation } from "./Conversation";
import { ParkedNotice } from "./ParkedNotice";
import { RatedQuestion } from "./RatedQuestion";
import { ReplyBox } from "./ReplyBox";
import { ResolutionNotice } from "./ResolutionNotice";
import type { SupportTicketTools } from "./supportTools";
import classes from "./Ticket.module.css";
import { TicketSidebar } from "./TicketSidebar";
import { useMarkAsRead } from "./useMarkAsRead";

interface Props {
  /** What support is given beside the rest. */
  supportTools: SupportTicketTools;
}

/** A ticket: its question first, then the conversation; beside them what is known and what can be done. */
export function TicketScreen({ supportTools }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  if (me.data && !canSeeTickets(me.data.roles)) return <Alert>{t("states.noTickets")}</Alert>;
  return <LoadedTicket supportTools={supportTools} />;
}

function LoadedTicket({ supportTools }: Props) {
  const { id = "" } = useParams();
  const ticket = useTicket(id);
  useMarkAsRead(id);
  if (ticket.isPending) return <Loading />;
  if (ticket.isError && !ticket.data) {
    return (
      <Stack>
        <BackLink />
        <LoadError error={ticket.error} onRetry={() => void ticket.refetch()} />
      </Stack>
    );
  }
  return <TicketView key={id} ticket={ticket.data} supportTools={supportTools} />;
}

function BackLink() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to="/tickets" size="sm" w="fit-content">
      <Group gap={6} component="span">
        <Icon name="back" size={16} /> {t("tickets.back")}
      </Group>
    </Anchor>
  );
}

function TicketView({ ticket, supportTools }: Props & { ticket: TicketDetail }) {
  const { t } = useTranslation();
  const tools = isSupport(useMe().data?.roles) ? supportTools : undefined;
  const name = t("tickets.numbered", { number: ticket.number });
  useTitle(name);
  const queries = useQueryClient();
  const { id, status, verdict } = ticket;
  useEffect(() => updateInLongLists(queries, id, { status, verdict }), [id, queries, status, verdict]);
  return (
    <Stack>
      <BackLink />
      <Group gap="sm">
        <Title order={2}>{name}</Title>
        <span aria-live="polite">
          <StatusBadge status={status} />
        </span>
        <VerdictLabel verdict={verdict} />
      </Group>
      <div className={classes.columns}>
        <Stack>
          {ticket.question && <RatedQuestion question={ticket.question} />}
          <Conversation ticketId={id} />
          {status === "pending" && <Alert role="status">{t("ticket.pending")}</Alert>}
          {status === "parked" && <ParkedNotice ticket={ticket} support={tools !== undefined} />}
          {status === "closed" && <ResolutionNotice ticket={ticket} />}
          {isActive(status) && <ReplyBox ticketId={id} supportTools={tools} />}
        </Stack>
        <Card component="aside" aria-label={t("ticket.about")}>
          <Text fw={600} mb="sm">
            {t("ticket.about")}
          </Text>
          <TicketSidebar ticket={ticket} supportTools={tools} />
        </Card>
      </div>
    </Stack>
  );
}
