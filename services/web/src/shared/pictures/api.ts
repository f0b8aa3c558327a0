import { Problem, problemOf, Unreachable } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { token } from "@/shared/session/session";
import i18n from "@/shared/i18n";

export type Attachment = components["schemas"]["Attachment"];

const POLL_MS = 400;

/** Send a file with its progress told (0 to 100); XMLHttpRequest, because fetch tells none. */
export function upload(file: File, onProgress: (percent: number) => void): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/attachments");
    request.setRequestHeader("Authorization", `Bearer ${token() ?? ""}`);
    request.setRequestHeader("Accept-Language", i18n.language);
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(Math.round((100 * event.loaded) / event.total));
    request.onerror = () => reject(new Unreachable("upload"));
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else {
        const { status, code, detail } = request.response ?? {};
        reject(detail ? new Problem(status, code, detail) : new Unreachable(String(request.status)));
      }
    };
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
}

/** The attachment once it was looked at: ready or rejected. */
export async function settled(attachment: Attachment): Promise<Attachment> {
  let state = attachment;
  while (state.status === "pending") {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const answer = await fetch(`/v1/attachments/${state.id}`, { headers: authorised() });
    if (!answer.ok) throw await problemOf(answer);
    state = await answer.json();
  }
  return state;
}

/** A picture's bytes; an address alone would not carry the token. */
export async function picture(id: string, variant: "thumb" | "full"): Promise<Blob> {
  const answer = await fetch(`/v1/attachments/${id}/${variant}`, { headers: authorised() });
  if (!answer.ok) throw await problemOf(answer);
  return answer.blob();
}

function authorised(): HeadersInit {
  return { Authorization: `Bearer ${token() ?? ""}`, "Accept-Language": i18n.language };
}
