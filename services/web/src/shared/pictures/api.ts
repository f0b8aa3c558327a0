import { api, unwrap } from "@/shared/api/client";
import { fetchWithProgress } from "@/shared/api/fetchWithProgress";
import type { Attachment } from "@/shared/api/types";
import { sleep } from "@/shared/time/sleep";

export type PictureVariant = "thumb" | "full";

const POLL_MS = 400;

/** Where the cache keeps pictures. */
export const pictureKeys = {
  bytes: (id: string, variant: PictureVariant) => ["picture", id, variant] as const,
};

/** Uploads a file and reports its progress (0 to 100). */
export function uploadPicture(
  file: File,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  return unwrap(
    api.POST("/v1/attachments", {
      // The document calls bytes a string; they are sent as they are.
      body: { file: file as unknown as string },
      bodySerializer: () => formOf(file),
      fetch: fetchWithProgress(onProgress),
      signal,
    }),
  );
}

/** The attachment once it was looked at: ready or rejected. */
export async function waitUntilProcessed(attachment: Attachment, signal: AbortSignal): Promise<Attachment> {
  let current = attachment;
  while (current.status === "pending") {
    await sleep(POLL_MS, signal);
    const path = { attachment_id: current.id };
    current = await unwrap(api.GET("/v1/attachments/{attachment_id}", { params: { path }, signal }));
  }
  return current;
}

/** A picture's bytes; an address alone would not carry the token. */
export async function fetchPicture(id: string, variant: PictureVariant, signal: AbortSignal): Promise<Blob> {
  const options = { params: { path: { attachment_id: id } }, parseAs: "blob", signal } as const;
  return unwrap(
    variant === "thumb"
      ? api.GET("/v1/attachments/{attachment_id}/thumb", options)
      : api.GET("/v1/attachments/{attachment_id}/full", options),
  );
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append("file", file, file.name);
  return form;
}
