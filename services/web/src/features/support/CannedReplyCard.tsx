import { Button, Card, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { CannedReply } from "@/shared/api/types";
import { MessageText } from "@/shared/ui/MessageText";

import { useRemoveCannedReply } from "./cannedRepliesApi";

/** One of support's texts, to be changed or, pressing twice, removed. */
export function CannedReplyCard({ reply, onEdit }: { reply: CannedReply; onEdit: () => void }) {
  const { t } = useTranslation();
  const remove = useRemoveCannedReply();
  const [confirming, setConfirming] = useState(false);
  return (
    <Card component="article" aria-label={reply.title}>
      <Group justify="space-between" align="start">
        <Text fw={600}>{reply.title}</Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onEdit}>
            {t("replies.edit")}
          </Button>
          <Button
            size="xs"
            variant={confirming ? "filled" : "default"}
            color="danger"
            loading={remove.isPending}
            onClick={() => (confirming ? remove.mutate(reply.id) : setConfirming(true))}
            onBlur={() => setConfirming(false)}
          >
            {t(confirming ? "replies.really" : "replies.remove")}
          </Button>
        </Group>
      </Group>
      <MessageText text={reply.body} />
    </Card>
  );
}
