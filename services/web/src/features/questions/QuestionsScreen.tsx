import { Alert, Group, SegmentedControl, Stack, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Origin } from "@/shared/api/types";
import { MoreButton } from "@/shared/ui/MoreButton";
import { Loading, LoadError } from "@/shared/ui/states";
import { useTitle } from "@/shared/ui/useTitle";

import { useQuestions } from "./api";
import { QuestionCard } from "./QuestionCard";

const RATED = { all: undefined, rated: true, unrated: false } as const;

interface Props {
  origin: Origin;
  /** What to offer where a rating has to wait for a ticket; the same element at every rendering. */
  plans: ReactNode;
}

/** Histórico, Pendientes or Test: answered questions to be rated. */
export function QuestionsScreen({ origin, plans }: Props) {
  const { t } = useTranslation();
  useTitle(t(`modules.${origin}`));
  const [shown, setShown] = useState<keyof typeof RATED>("all");
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 300);
  const rated = RATED[shown];
  const list = useQuestions({ origin, ...(rated !== undefined && { rated }), ...(q && { q }) });
  const { fetchNextPage } = list;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
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
            label: t(`questions.ratedFilter.${value}`),
          }))}
        />
      </Group>
      {list.isPending && <Loading />}
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && questions.length === 0 && <Alert>{t("questions.empty")}</Alert>}
      {questions.map((question) => (
        <QuestionCard key={question.id} known={question} plans={plans} />
      ))}
      {list.hasNextPage && <MoreButton loading={list.isFetchingNextPage} onMore={loadMore} />}
    </Stack>
  );
}
