import { Alert, Button, Group, Stack, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { useMe } from "@/shared/session/currentUser";
import { isSupport } from "@/shared/session/roles";
import { Dialog } from "@/shared/ui/Dialog";
import { MoreButton } from "@/shared/ui/MoreButton";
import { Loading, LoadError } from "@/shared/ui/states";

import { type CannedReplyDraft, useCannedReplies } from "./cannedRepliesApi";
import { CannedReplyCard } from "./CannedReplyCard";
import { CannedReplyEditor } from "./CannedReplyEditor";

/** Support's texts to use again: find, write, change, remove. */
export function CannedRepliesPage() {
  const { t } = useTranslation();
  const me = useMe();
  if (me.data && !isSupport(me.data.roles)) return <Alert>{t("replies.supportOnly")}</Alert>;
  return <CannedReplies />;
}

function CannedReplies() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const [edited, setEdited] = useState<CannedReplyDraft | null>(null);
  const list = useCannedReplies(q);
  const { fetchNextPage } = list;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
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
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && replies.length === 0 && <Alert>{t("replies.none")}</Alert>}
      {replies.map((reply) => (
        <CannedReplyCard key={reply.id} reply={reply} onEdit={() => setEdited(reply)} />
      ))}
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={loadMore} />}
      <Dialog
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={t(edited?.id ? "replies.edit" : "replies.new")}
      >
        {edited && <CannedReplyEditor before={edited} onDone={() => setEdited(null)} />}
      </Dialog>
    </Stack>
  );
}
