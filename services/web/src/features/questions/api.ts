import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import { useIdempotentCall } from "@/shared/api/idempotency";
import type { NewRating, Question } from "@/shared/api/types";

import { type QuestionFilters, questionKeys } from "./keys";

const SETTLING_MS = 400;

/** The questions of a module, newest first, page by page. */
export function useQuestions(filters: QuestionFilters) {
  const queries = useQueryClient();
  return useInfiniteQuery({
    queryKey: questionKeys.list(filters),
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...filters, ...(pageParam && { cursor: pageParam }) };
      const page = await unwrap(api.GET("/v1/questions", { params: { query }, signal }));
      for (const question of page.items) queries.setQueryData(questionKeys.detail(question.id), question);
      return page;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** One question, asked again while its rating waits for its outcome. */
export function useQuestion(known: Question) {
  const path = { question_id: known.id };
  return useQuery({
    queryKey: questionKeys.detail(known.id),
    queryFn: ({ signal }) => unwrap(api.GET("/v1/questions/{question_id}", { params: { path }, signal })),
    initialData: known,
    enabled: (query) => query.state.data?.rating?.outcome === "pending",
    refetchInterval: (query) => (query.state.data?.rating?.outcome === "pending" ? SETTLING_MS : false),
  });
}

/** Rate an answer; the question is shown as rated at once. */
export function useRate(question: Question) {
  const queries = useQueryClient();
  const call = useIdempotentCall(`rating:${question.id}`);
  const path = { question_id: question.id };
  return useMutation({
    mutationFn: (body: NewRating) =>
      unwrap(
        api.PUT("/v1/questions/{question_id}/rating", { params: { path, header: call.header(body) }, body }),
      ),
    onSuccess: (rating) => {
      call.forget();
      queries.setQueryData<Question>(questionKeys.detail(question.id), (before) => ({
        ...(before ?? question),
        rating: {
          ...before?.rating,
          ...rating,
          ticket: before?.rating?.ticket ?? null,
        } as Question["rating"] & object,
      }));
      void queries.invalidateQueries({ queryKey: questionKeys.detail(question.id) });
    },
  });
}

/**
 * Ask again for the ticket of a parked rating. It carries no key: a repetition asks for nothing twice, and with
 * a key the next promotion of a rating that was parked again would be taken for a repetition of this one.
 */
export function usePromoteRating(question: Question, ratingId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(api.POST("/v1/ratings/{rating_id}/promote", { params: { path: { rating_id: ratingId } } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: questionKeys.detail(question.id) }),
  });
}
