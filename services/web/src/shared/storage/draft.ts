import { useCallback, useState } from "react";

import { useOwner } from "@/shared/session/currentUser";

/** Text that survives a reload and the end of a session: kept for its writer alone until it is sent. */
export function useDraft(name: string): [string, (text: string) => void, () => void] {
  const key = `botmeni-draft:${useOwner()}:${name}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? "");
  const write = useCallback(
    (next: string) => {
      setText(next);
      if (next) localStorage.setItem(key, next);
      else localStorage.removeItem(key);
    },
    [key],
  );
  const forget = useCallback(() => write(""), [write]);
  return [text, write, forget];
}

interface KeptCall {
  key: string;
  payload: string;
}

/**
 * The Idempotency-Key of a call: the same for the same payload until `forgetCall`, over reloads too, so that
 * a call whose answer was lost is repeated and not made twice.
 */
export function callKey(owner: string, name: string, payload: unknown): string {
  const place = `botmeni-call:${owner}:${name}`;
  const wanted = JSON.stringify(payload);
  const kept = JSON.parse(localStorage.getItem(place) ?? "null") as KeptCall | null;
  if (kept?.payload === wanted) return kept.key;
  const made: KeptCall = { key: crypto.randomUUID(), payload: wanted };
  localStorage.setItem(place, JSON.stringify(made));
  return made.key;
}

export function forgetCall(owner: string, name: string): void {
  localStorage.removeItem(`botmeni-call:${owner}:${name}`);
}
