import { Alert, Anchor, Button, Card, Group, Stack, Textarea, Title } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import type { NewTicket } from "@/shared/api/types";
import { PicturePicker } from "@/shared/pictures/PicturePicker";
import { usePictureUploads } from "@/shared/pictures/usePictureUploads";
import { useMe } from "@/shared/session/currentUser";
import { isSupport, canSeeTickets } from "@/shared/session/roles";
import { useDraft } from "@/shared/storage/useDraft";
import { ErrorAlert } from "@/shared/ui/ErrorAlert";
import { useTitle } from "@/shared/ui/useTitle";

import { NEW_TICKET, useCreateTicket } from "./api";
import { VerdictChoice } from "./VerdictChoice";

interface Props {
  /** How many tickets are left, shown above the form. */
  quota: ReactNode;
}

/** NUEVO TICKET, for those who may open one: a store's people, not support. */
export function NewTicketScreen({ quota }: Props) {
  const { t } = useTranslation();
  const roles = useMe().data?.roles;
  useTitle(t("tickets.newTitle"));
  if (!canSeeTickets(roles) || isSupport(roles)) return <Alert>{t("states.noTickets")}</Alert>;
  return (
    <Stack maw={760}>
      <Title order={2}>{t("tickets.newTitle")}</Title>
      {quota}
      <NewTicketForm />
    </Stack>
  );
}

/** A message, pictures, the yellow or the red circle, CREAR TICKET. */
function NewTicketForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [body, setBody, clearBody] = useDraft(NEW_TICKET);
  const [verdict, setVerdict, clearVerdict] = useDraft(`${NEW_TICKET}:circle`);
  const pictures = usePictureUploads();
  const { create, forgetCall } = useCreateTicket();
  const ready = body.trim() !== "" && verdict !== "" && pictures.settled;
  const [submitted, setSubmitted] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    setSubmitted(true);
    if (!ready || create.isPending) return;
    create.mutate(
      { body, verdict: verdict as NewTicket["verdict"], attachment_ids: pictures.ids },
      {
        onSuccess: (ticket) => {
          clearBody();
          clearVerdict();
          forgetCall();
          void navigate(`/tickets/${ticket.id}`, { replace: true });
        },
      },
    );
  }

  return (
    <Card component="form" onSubmit={submit} noValidate>
      <Stack>
        <Textarea
          label={t("tickets.message")}
          description={t("tickets.messageHint")}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          onPaste={pictures.onPaste}
          error={submitted && !body.trim() && t("tickets.messageMissing")}
          autosize
          minRows={5}
          maxRows={20}
          maxLength={20_000}
          required
        />
        <PicturePicker pictures={pictures} />
        <VerdictChoice value={verdict} onChange={setVerdict} missing={submitted && !verdict} />
        {create.isError && <ErrorAlert error={create.error} fallback={t("tickets.kept")} />}
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
  );
}
