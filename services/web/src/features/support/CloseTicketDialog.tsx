import { Button, Group, Select, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import type { CloseTicket } from "@/shared/api/types";
import { Dialog } from "@/shared/ui/Dialog";

import { useCauses } from "./api";

interface Props {
  title: string;
  opened: boolean;
  onCancel: () => void;
  onClose: (reason: CloseTicket) => void;
}

/** Support closes: which cause the answer had, and what was improved. */
export function CloseTicketDialog({ title, opened, onCancel, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onCancel} title={title}>
      <CloseForm onCancel={onCancel} onClose={onClose} />
    </Dialog>
  );
}

function CloseForm({ onCancel, onClose }: Pick<Props, "onCancel" | "onClose">) {
  const { t } = useTranslation();
  const causes = useCauses().data?.items ?? [];
  const [cause, setCause] = useState<string | null>(null);
  const [resolution, setResolution] = useState("");
  const refunds = causes.find(({ code }) => code === cause)?.refunds;

  function submit(event: FormEvent) {
    event.preventDefault();
    onClose({ ...(cause && { cause }), ...(resolution.trim() && { resolution }) });
  }

  return (
    <Stack component="form" onSubmit={submit}>
      <Select
        label={t("support.cause")}
        placeholder={t("support.noCause")}
        data={causes.map(({ code, name }) => ({ value: code, label: name }))}
        value={cause}
        onChange={setCause}
        clearable
        {...(refunds && { description: t("support.refunds") })}
      />
      <Textarea
        label={t("ticket.resolution")}
        value={resolution}
        onChange={(event) => setResolution(event.currentTarget.value)}
        autosize
        minRows={3}
        maxLength={20_000}
      />
      <Text size="sm" c="dimmed">
        {t("support.closeHint")}
      </Text>
      <Group justify="end">
        <Button variant="default" onClick={onCancel}>
          {t("app.cancel")}
        </Button>
        <Button type="submit">{t("ticket.close")}</Button>
      </Group>
    </Stack>
  );
}
