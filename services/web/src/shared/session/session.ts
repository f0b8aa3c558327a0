import { useSyncExternalStore } from "react";

type SessionEnd = "signed-out" | "expired";

const KEY = "botmeni-token";
const listeners = new Set<() => void>();
let lastEnd: SessionEnd | null = null;

/** The token of the person signed in, or null. It lives as long as the tab. */
export function getToken(): string | null {
  return sessionStorage.getItem(KEY);
}

/** Someone signed in: whatever shows the session is drawn anew. */
export function startSession(token: string): void {
  lastEnd = null;
  sessionStorage.setItem(KEY, token);
  notify();
}

/** The person left, or the API no longer knows the token. */
export function endSession(reason: SessionEnd): void {
  lastEnd = reason;
  sessionStorage.removeItem(KEY);
  notify();
}

/** Why the last session ended, for the sign-in page to say. */
export function getLastSessionEnd(): SessionEnd | null {
  return lastEnd;
}

/** The token, and a new rendering whenever it changes. */
export function useToken(): string | null {
  return useSyncExternalStore(subscribe, getToken);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function notify(): void {
  for (const listener of listeners) listener();
}
