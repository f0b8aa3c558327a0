import { Alert, Anchor, Button, Group, Radio, Stack, Text, Textarea, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { Pictures, usePictures } from "@/features/pictures/Pictures";
import { useQuota } from "@/features/plan/PlanPage";
import { useCallKey, useDraft } from "@/ui/draft";
import { explain } from "@/ui/problems";
import { VerdictSign } from "@/ui/Verdict";

import { useCreateTicket } from "./api";

type Circle = "improvable" | "incorrect";

/** NUEVO TICKET: a message, pictures, the yellow or the red circle, CREAR TICKET. */
export function NewTicketPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [body, setBody, forgetDraft] = useDraft("new-ticket");
  const [verdict, setVerdict] = useState<Circle | null>(null);
  const [key, renewKey] = useCallKey();
  const pictures = usePictures();
  const create = useCreateTicket();
  const ready = body.trim() !== "" && verdict !== null && pictures.settled;

  function send(event: FormEvent) {
    event.preventDefault();
    if (!ready || create.isPending) return;
    create.mutate(
      { key, body, verdict, attachment_ids: pictures.ids },
      {
        onSuccess: (ticket) => {
          forgetDraft();
          void navigate(`/tickets/${ticket.id}`, { replace: true });
        },
        // What the API refused was another call than what will be sent once it is mended.
        onError: (error) => error.name !== "Unreachable" && renewKey(),
      },
    );
  }

  return (
    <Stack component="form" onSubmit={send} maw={720}>
      <Title order={2}>{t("tickets.newTitle")}</Title>
      <UnitsLeft />
      <Textarea
        label={t("tickets.message")}
        description={t("tickets.messageHint")}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onPaste={pictures.onPaste}
        autosize
        minRows={5}
        maxLength={20_000}
        required
      />
      <Pictures pictures={pictures} />
      <Radio.Group
        label={t("tickets.circle")}
        value={verdict}
        onChange={(value) => setVerdict(value as Circle)}
        required
      >
        <Group mt="xs">
          {(["improvable", "incorrect"] as const).map((value) => (
            <Radio
              key={value}
              value={value}
              label={
                <Group gap={6} component="span" display="inline-flex">
                  <VerdictSign verdict={value} /> {t(`circle.${value}`)}
                </Group>
              }
            />
          ))}
        </Group>
      </Radio.Group>
      {create.isError && (
        <Alert color="red" role="alert">
          {explain(create.error, t("states.offline"))}
        </Alert>
      )}
      <Group>
        <Button type="submit" disabled={!ready} loading={create.isPending}>
          {t("tickets.create")}
        </Button>
        <Anchor component={Link} to="/tickets">
          {t("tickets.back")}
        </Anchor>
      </Group>
    </Stack>
  );
}

/** How many tickets are left, said before anything is written; the text is kept even if none are. */
function UnitsLeft() {
  const { t } = useTranslation();
  const quota = useQuota().data;
  if (!quota) return null;
  if (!quota.tickets_included || quota.remaining === 0) {
    return (
      <Alert color="yellow" title={t(quota.tickets_included ? "tickets.noneLeft" : "plan.without")}>
        <Text size="sm">{t("tickets.willWait")}</Text>
        <Anchor component={Link} to="/plan" size="sm">
          {t("plan.all")}
        </Anchor>
      </Alert>
    );
  }
  return (
    <Text>
      {quota.remaining === null
        ? t("tickets.unlimited")
        : t("tickets.left", { remaining: quota.remaining, limit: quota.limit })}
    </Text>
  );
}
