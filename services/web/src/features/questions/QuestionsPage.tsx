import { Alert, Group, SegmentedControl, Stack, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { MoreButton } from "@/shared/ui/MoreButton";
import { explain } from "@/shared/ui/problems";
import { Failed, Loading } from "@/shared/ui/states";
import { useTitle } from "@/shared/ui/useTitle";

import { type Origin, useQuestions } from "./api";
import { QuestionCard } from "./QuestionCard";

const RATED = { all: undefined, rated: true, unrated: false } as const;

/** Histórico, Pendientes or Test: answered questions to be rated. */
export function QuestionsPage({ origin }: { origin: Origin }) {
  const { t } = useTranslation();
  useTitle(t(`modules.${origin}`));
  const [shown, setShown] = useState<keyof typeof RATED>("all");
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 300);
  const rated = RATED[shown];
  const list = useQuestions({ origin, ...(rated !== undefined && { rated }), ...(q && { q }) });
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const questions = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack>
      <Title order={2}>{t(`modules.${origin}`)}</Title>
      <Group align="end">
        <TextInput
          label={t("questions.search")}
          value={text}
          maxLength={200}
          flex="1 1 200px"
          maw={360}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t("questions.shown")}
          value={shown}
          onChange={(value) => setShown(value as keyof typeof RATED)}
          data={(Object.keys(RATED) as (keyof typeof RATED)[]).map((value) => ({
            value,
            label: t(`questions.${value}`),
          }))}
        />
      </Group>
      {list.isPending && <Loading />}
      {list.isError && (
        <Failed detail={explain(list.error, t("states.offline"))} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && questions.length === 0 && <Alert>{t("questions.empty")}</Alert>}
      {questions.map((question) => (
        <QuestionCard key={question.id} known={question} />
      ))}
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={more} />}
    </Stack>
  );
}
