import { Alert, Button, Group, Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useUserId } from "@/shared/session/currentUser";
import { MessageText } from "@/shared/ui/MessageText";

import type { OutgoingMessage } from "./outgoingQueue";
import classes from "./Ticket.module.css";
import { outgoingQueueOf } from "./useOutgoingMessages";

/** A message being sent: under way, waiting for the network, or refused with the reason. */
export function PendingMessage({ message }: { message: OutgoingMessage }) {
  const { t } = useTranslation();
  const queue = outgoingQueueOf(useUserId());
  return (
    <article className={`${classes.message} ${classes.own} ${classes.pending}`}>
      <MessageText text={message.body} />
      {message.refused === undefined ? (
        <Group gap="xs" mt="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t(message.waiting ? "ticket.waiting" : "ticket.sending")}</Text>
          {message.waiting && (
            <Button size="compact-sm" variant="default" onClick={queue.retryNow}>
              {t("states.retry")}
            </Button>
          )}
        </Group>
      ) : (
        <Alert color="danger" role="alert" mt="xs" title={t("ticket.notSent")}>
          <Text size="sm">{message.refused}</Text>
          <Group gap="xs" mt="xs">
            <Button size="xs" variant="default" onClick={() => queue.retry(message.key)}>
              {t("states.retry")}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => queue.remove(message.key)}>
              {t("ticket.discard")}
            </Button>
          </Group>
        </Alert>
      )}
    </article>
  );
}
