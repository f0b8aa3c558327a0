import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { useOwner } from "@/shared/session/currentUser";
import { callKey, forgetCall } from "@/shared/storage/draft";
import type { VerdictName } from "@/shared/ui/Verdict";

export type Question = components["schemas"]["Question"];
export type Origin = "history" | "test" | "pending";

export interface QuestionFilters {
  origin: Origin;
  rated?: boolean;
  q?: string;
}

const SETTLING_MS = 400;

/** The questions of a module, newest first, page by page. */
export function useQuestions(filters: QuestionFilters) {
  const queries = useQueryClient();
  return useInfiniteQuery({
    queryKey: ["questions", filters],
    queryFn: async ({ pageParam }) => {
      const page = await data(
        api.GET("/v1/questions", {
          params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } },
        }),
      );
      for (const question of page.items) queries.setQueryData(["question", question.id], question);
      return page;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** One question, asked again while its rating waits for its outcome. */
export function useQuestion(known: Question) {
  return useQuery({
    queryKey: ["question", known.id],
    queryFn: () =>
      data(api.GET("/v1/questions/{question_id}", { params: { path: { question_id: known.id } } })),
    initialData: known,
    enabled: (query) => query.state.data?.rating?.outcome === "pending",
    refetchInterval: (query) => (query.state.data?.rating?.outcome === "pending" ? SETTLING_MS : false),
  });
}

/** Rate an answer; the question is shown as rated at once. */
export function useRate(question: Question) {
  const queries = useQueryClient();
  const owner = useOwner();
  const call = `rating:${question.id}`;
  return useMutation({
    mutationFn: (wanted: { verdict: VerdictName; comment: string; attachment_ids?: string[] }) =>
      data(
        api.PUT("/v1/questions/{question_id}/rating", {
          params: {
            path: { question_id: question.id },
            header: { "Idempotency-Key": callKey(owner, call, wanted) },
          },
          body: wanted,
        }),
      ),
    onSuccess: (rating) => {
      forgetCall(owner, call);
      queries.setQueryData<Question>(["question", question.id], (before) => ({
        ...(before ?? question),
        rating: {
          ...before?.rating,
          ...rating,
          ticket: before?.rating?.ticket ?? null,
        } as Question["rating"] & object,
      }));
      void queries.invalidateQueries({ queryKey: ["question", question.id] });
    },
  });
}

/** Ask again for the ticket of a parked rating. */
export function usePromote(question: Question) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rating_id: string) =>
      data(api.POST("/v1/ratings/{rating_id}/promote", { params: { path: { rating_id } } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ["question", question.id] }),
  });
}
