import { Anchor, Button, Popover, ScrollArea, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Icon } from "@/shared/ui/icons";

import { useCannedReplies } from "./cannedRepliesApi";
import classes from "./Support.module.css";

/** Pick one of support's texts for the message being written. */
export function CannedReplyMenu({ onPick }: { onPick: (body: string) => void }) {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      width={320}
      position="top-start"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Button variant="default" leftSection={<Icon name="replies" size={18} />} onClick={toggle}>
          {t("modules.replies")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("modules.replies")}>
        <ReplyChoices
          onPick={(body) => {
            onPick(body);
            close();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function ReplyChoices({ onPick }: { onPick: (body: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const list = useCannedReplies(q);
  const replies = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="xs">
      <TextInput
        label={t("questions.search")}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <ScrollArea.Autosize mah={240} tabIndex={0}>
        {list.isSuccess && replies.length === 0 && <Text size="sm">{t("replies.none")}</Text>}
        {replies.map((reply) => (
          <UnstyledButton key={reply.id} className={classes.choice} onClick={() => onPick(reply.body)}>
            <Text size="sm" fw={600}>
              {reply.title}
            </Text>
            <Text size="xs" c="dimmed" lineClamp={2}>
              {reply.body}
            </Text>
          </UnstyledButton>
        ))}
      </ScrollArea.Autosize>
      <Anchor component={Link} to="/respuestas" size="sm">
        {t("replies.manage")}
      </Anchor>
    </Stack>
  );
}
