import { useSyncExternalStore } from "react";

type Ending = "signed-out" | "expired";

const KEY = "botmeni-token";
const listeners = new Set<() => void>();
let lastEnding: Ending | null = null;

/** The token of the person signed in, or null. It lives as long as the tab. */
export function token(): string | null {
  return sessionStorage.getItem(KEY);
}

export function startSession(value: string): void {
  lastEnding = null;
  sessionStorage.setItem(KEY, value);
  tell();
}

export function endSession(why: Ending): void {
  lastEnding = why;
  sessionStorage.removeItem(KEY);
  tell();
}

/** Why the last session ended, for the sign-in page to say. */
export function ending(): Ending | null {
  return lastEnding;
}

/** The token, and a new rendering whenever it changes. */
export function useToken(): string | null {
  return useSyncExternalStore(subscribe, token);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
