import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "@/shared/api/client";
import { useIdempotentCall } from "@/shared/api/idempotency";

import { supportKeys } from "./keys";

/** A text as it is being written; one without an id is new. */
export interface CannedReplyDraft {
  id?: string;
  title: string;
  body: string;
}

/** Support's texts that contain `q`, latest written first. */
export function useCannedReplies(q: string) {
  return useInfiniteQuery({
    queryKey: supportKeys.cannedReplyList(q),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/v1/canned-replies", {
          params: { query: { ...(q && { q }), ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Save a text, new or changed. */
export function useSaveCannedReply() {
  const queries = useQueryClient();
  const call = useIdempotentCall("canned-reply");
  return useMutation({
    mutationFn: ({ id, ...body }: CannedReplyDraft) =>
      id
        ? unwrap(api.PATCH("/v1/canned-replies/{reply_id}", { params: { path: { reply_id: id } }, body }))
        : unwrap(api.POST("/v1/canned-replies", { params: { header: call.header(body) }, body })),
    onSuccess: (_saved, { id }) => {
      if (!id) call.forget();
      return queries.invalidateQueries({ queryKey: supportKeys.cannedReplies() });
    },
  });
}

/** Remove a text. */
export function useRemoveCannedReply() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reply_id: string) =>
      unwrap(api.DELETE("/v1/canned-replies/{reply_id}", { params: { path: { reply_id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: supportKeys.cannedReplies() }),
  });
}
