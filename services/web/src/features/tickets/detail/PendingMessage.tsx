import { Alert, Button, Group, Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useOwner } from "@/shared/session/currentUser";
import { Written } from "@/shared/ui/MessageText";

import type { Outgoing } from "./outgoingQueue";
import classes from "./Ticket.module.css";
import { queueOf } from "./useOutgoingMessages";

/** A message being sent: on its way, waiting for the network, or refused with the reason. */
export function OnItsWay({ message }: { message: Outgoing }) {
  const { t } = useTranslation();
  const queue = queueOf(useOwner());
  return (
    <article className={`${classes.message} ${classes.ours} ${classes.onItsWay}`}>
      <Written text={message.body} />
      {message.refused === undefined ? (
        <Group gap="xs" mt="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t(message.waiting ? "ticket.waiting" : "ticket.sending")}</Text>
          {message.waiting && (
            <Button size="compact-sm" variant="default" onClick={queue.tryNow}>
              {t("states.retry")}
            </Button>
          )}
        </Group>
      ) : (
        <Alert color="red" role="alert" mt="xs" title={t("ticket.notSent")}>
          <Text size="sm">{message.refused}</Text>
          <Group gap="xs" mt="xs">
            <Button size="xs" variant="default" onClick={() => queue.again(message.key)}>
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
