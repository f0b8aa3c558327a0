import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, data } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";

export type CannedReply = components["schemas"]["CannedReply"];
export type BulkResult = components["schemas"]["BulkResult"];

const LONG_MS = 300_000;

/** Support's people, whom tickets can be assigned to. */
export function useStaff(wanted = true) {
  return useQuery({
    queryKey: ["staff"],
    queryFn: () => data(api.GET("/v1/staff")),
    staleTime: LONG_MS,
    enabled: wanted,
  });
}

/** Why an answer was wrong: what a ticket can be closed with. */
export function useCauses() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ["causes", i18n.language],
    queryFn: () => data(api.GET("/v1/causes")),
    staleTime: LONG_MS,
  });
}

/** Support's texts that contain `q`, latest written first. */
export function useCannedReplies(q: string) {
  return useInfiniteQuery({
    queryKey: ["canned-replies", q],
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/v1/canned-replies", {
          params: { query: { ...(q && { q }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export interface Written {
  id?: string;
  title: string;
  body: string;
}

/** Keep a text, new or changed; or keep it no longer. */
export function useWriteReplies() {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ["canned-replies"] });
  const write = useMutation({
    mutationFn: ({ id, ...body }: Written) =>
      id
        ? data(api.PATCH("/v1/canned-replies/{reply_id}", { params: { path: { reply_id: id } }, body }))
        : data(api.POST("/v1/canned-replies", { body })),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (reply_id: string) =>
      data(api.DELETE("/v1/canned-replies/{reply_id}", { params: { path: { reply_id } } })),
    onSuccess: refresh,
  });
  return { write, remove };
}

export type BulkAction =
  | { action: "close"; ticket_ids: string[]; cause?: string; resolution?: string }
  | { action: "assign"; ticket_ids: string[]; assignee_id: string | null };

/** One action for many tickets; each has a result of its own. */
export function useBulk() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: BulkAction) => data(api.POST("/v1/tickets/bulk", { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["tickets"] }),
  });
}
