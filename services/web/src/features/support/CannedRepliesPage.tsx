import { Alert, Button, Card, Group, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { isSupport, useMe } from "@/shared/session/currentUser";
import { Dialog } from "@/shared/ui/Dialog";
import { MoreButton } from "@/shared/ui/MoreButton";
import { explain } from "@/shared/ui/problems";
import { Failed, Loading } from "@/shared/ui/states";
import { Written } from "@/shared/ui/MessageText";

import { type CannedReply, useCannedReplies, useWriteReplies, type Written as Draft } from "./api";

/** Support's texts to use again: find, write, change, remove. */
export function RepliesPage() {
  const { t } = useTranslation();
  const me = useMe();
  if (me.data && !isSupport(me.data.roles)) return <Alert>{t("replies.supportOnly")}</Alert>;
  return <Replies />;
}

function Replies() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const [edited, setEdited] = useState<Draft | null>(null);
  const list = useCannedReplies(q);
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const replies = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack>
      <Title order={2}>{t("modules.replies")}</Title>
      <Group align="end">
        <TextInput
          label={t("questions.search")}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button onClick={() => setEdited({ title: "", body: "" })}>{t("replies.new")}</Button>
      </Group>
      {list.isPending && <Loading />}
      {list.isError && (
        <Failed detail={explain(list.error, t("states.offline"))} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && replies.length === 0 && <Alert>{t("replies.none")}</Alert>}
      {replies.map((reply) => (
        <Reply key={reply.id} reply={reply} onEdit={() => setEdited(reply)} />
      ))}
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={more} />}
      <Dialog
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={t(edited?.id ? "replies.edit" : "replies.new")}
      >
        {edited && <Editor before={edited} onDone={() => setEdited(null)} />}
      </Dialog>
    </Stack>
  );
}

function Reply({ reply, onEdit }: { reply: CannedReply; onEdit: () => void }) {
  const { t } = useTranslation();
  const { remove } = useWriteReplies();
  const [asked, setAsked] = useState(false);
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
            variant={asked ? "filled" : "default"}
            color="red"
            loading={remove.isPending}
            onClick={() => (asked ? remove.mutate(reply.id) : setAsked(true))}
            onBlur={() => setAsked(false)}
          >
            {t(asked ? "replies.really" : "replies.remove")}
          </Button>
        </Group>
      </Group>
      <Written text={reply.body} />
    </Card>
  );
}

function Editor({ before, onDone }: { before: Draft; onDone: () => void }) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(before.title);
  const [body, setBody] = useState(before.body);
  const { write } = useWriteReplies();

  function submit(event: FormEvent) {
    event.preventDefault();
    write.mutate({ ...(before.id && { id: before.id }), title, body }, { onSuccess: onDone });
  }

  return (
    <Stack component="form" onSubmit={submit}>
      <TextInput
        label={t("replies.title")}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={200}
        required
        data-autofocus
      />
      <Textarea
        label={t("replies.body")}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        autosize
        minRows={4}
        maxLength={20_000}
        required
      />
      {write.isError && (
        <Alert color="red" role="alert">
          {explain(write.error, t("states.offline"))}
        </Alert>
      )}
      <Group justify="end">
        <Button variant="default" onClick={onDone}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" loading={write.isPending} disabled={!title.trim() || !body.trim()}>
          {t("replies.save")}
        </Button>
      </Group>
    </Stack>
  );
}
