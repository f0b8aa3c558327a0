import { useMemo } from "react";

import { useUserId } from "@/shared/session/currentUser";

interface StoredCall {
  key: string;
  payload: string;
}

/** A key no call had before. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** The header that makes a repeated call the same call for the API. */
export function idempotencyHeader(key: string) {
  return { "Idempotency-Key": key };
}

/**
 * The key of a call: the same for the same payload until `forgetCall`, over reloads too, so that a call whose
 * answer was lost is repeated and not made twice.
 */
export function callKey(userId: string, name: string, payload: unknown): string {
  const place = storagePlace(userId, name);
  const serialized = JSON.stringify(payload ?? null);
  const stored = JSON.parse(localStorage.getItem(place) ?? "null") as StoredCall | null;
  if (stored?.payload === serialized) return stored.key;
  const call: StoredCall = { key: newIdempotencyKey(), payload: serialized };
  localStorage.setItem(place, JSON.stringify(call));
  return call.key;
}

/** The call was made: the same payload will be another call. */
export function forgetCall(userId: string, name: string): void {
  localStorage.removeItem(storagePlace(userId, name));
}

/**
 * How the person signed in makes a creating call: send `header(payload)` with it, and `forget()` once its answer
 * is there. `name` distinguishes the calls of one person.
 */
export function useIdempotentCall(name: string) {
  const userId = useUserId();
  return useMemo(
    () => ({
      header: (payload?: unknown) => idempotencyHeader(callKey(userId, name, payload)),
      forget: () => forgetCall(userId, name),
    }),
    [userId, name],
  );
}

function storagePlace(userId: string, name: string): string {
  return `botmeni-call:${userId}:${name}`;
}
