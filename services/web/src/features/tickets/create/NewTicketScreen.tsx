import { Alert, Anchor, Button, Card, Group, Radio, Stack, Text, Textarea, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { isSupport, opensTickets, useMe, useOwner } from "@/shared/session/currentUser";
import { Pictures, usePictures } from "@/shared/pictures/PicturePicker";
import { useQuota } from "@/features/plan/api";
import { callKey, forgetCall, useDraft } from "@/shared/storage/draft";
import { explain } from "@/shared/ui/problems";
import { useTitle } from "@/shared/ui/useTitle";
import { VerdictSign } from "@/shared/ui/Verdict";

import { useCreateTicket } from "@/features/tickets/list/api";
import { PlansWithTickets } from "@/features/plan/PlansWithTickets";

type Circle = "improvable" | "incorrect";

const CALL = "new-ticket";

export function NewTicketPage() {
  const { t } = useTranslation();
  const roles = useMe().data?.roles;
  useTitle(t("tickets.newTitle"));
  if (!opensTickets(roles) || isSupport(roles)) return <Alert>{t("states.noTickets")}</Alert>;
  return <NewTicket />;
}

/** NUEVO TICKET: a message, pictures, the yellow or the red circle, CREAR TICKET. */
function NewTicket() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const owner = useOwner();
  const [body, setBody, forgetDraft] = useDraft(CALL);
  const [verdict, setVerdict, forgetVerdict] = useDraft(`${CALL}:circle`);
  const pictures = usePictures();
  const create = useCreateTicket();
  const ready = body.trim() !== "" && verdict !== "" && pictures.settled;
  const [tried, setTried] = useState(false);

  function send(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!ready || create.isPending) return;
    const wanted = { body, verdict: verdict as Circle, attachment_ids: pictures.ids };
    create.mutate(
      { key: callKey(owner, CALL, wanted), ...wanted },
      {
        onSuccess: (ticket) => {
          forgetDraft();
          forgetVerdict();
          forgetCall(owner, CALL);
          void navigate(`/tickets/${ticket.id}`, { replace: true });
        },
      },
    );
  }

  return (
    <Stack maw={760}>
      <Title order={2}>{t("tickets.newTitle")}</Title>
      <UnitsLeft />
      <Card component="form" onSubmit={send} noValidate>
        <Stack>
          <Textarea
            label={t("tickets.message")}
            description={t("tickets.messageHint")}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
            onPaste={pictures.onPaste}
            error={tried && !body.trim() && t("tickets.messageMissing")}
            autosize
            minRows={5}
            maxRows={20}
            maxLength={20_000}
            required
          />
          <Pictures pictures={pictures} />
          <Circles value={verdict} onChange={setVerdict} missing={tried && !verdict} />
          {create.isError && (
            <Alert color="red" role="alert">
              {explain(create.error, t("tickets.kept"))}
            </Alert>
          )}
          <Group>
            <Button type="submit" loading={create.isPending} disabled={!pictures.settled}>
              {t("tickets.create")}
            </Button>
            <Anchor component={Link} to="/tickets">
              {t("tickets.back")}
            </Anchor>
          </Group>
        </Stack>
      </Card>
    </Stack>
  );
}

function Circles(props: { value: string; onChange: (value: string) => void; missing: boolean }) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t("tickets.circle")}
      value={props.value}
      onChange={props.onChange}
      error={props.missing && t("tickets.circleMissing")}
      required
    >
      <Group mt="xs" gap="lg" mb={props.missing ? "xs" : 0}>
        {(["improvable", "incorrect"] as const).map((value) => (
          <Radio
            key={value}
            value={value}
            styles={{ body: { alignItems: "center" } }}
            label={
              <Group gap={8} component="span" display="inline-flex" wrap="nowrap">
                <VerdictSign verdict={value} size={24} /> {t(`circle.${value}`)}
              </Group>
            }
          />
        ))}
      </Group>
    </Radio.Group>
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
        <PlansWithTickets />
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
