import createClient, { type Middleware } from "openapi-fetch";

import i18n from "@/shared/i18n";
import { endSession, getToken } from "@/shared/session/session";

import { isAbort, readProblem, Unreachable } from "./errors";
import type { paths } from "./schema";

/** What every call has in common: who asks, in which language, and what an answer that is no success means. */
const middleware: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", i18n.language);
    const token = getToken();
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return response;
    if (response.status === 401 && getToken()) endSession("expired");
    throw await readProblem(response);
  },
  onError({ error }) {
    if (isAbort(error)) return;
    return new Unreachable(error instanceof Error ? error.message : String(error));
  },
};

/**
 * A client for the routes of `Paths`. Its calls throw `Problem` or `Unreachable` instead of returning an error;
 * one that is given up by its signal throws the browser's AbortError.
 */
export function createApiClient<Paths extends object>() {
  const client = createClient<Paths>({ baseUrl: "/" });
  client.use(middleware);
  return client;
}

/** The one way to the API. */
export const api = createApiClient<paths>();

/** The data of a call; openapi-fetch types it as absent where an error was, and ours have been thrown. */
export async function unwrap<T>(call: Promise<{ data?: T }>): Promise<T> {
  const answer = await call;
  return answer.data as T;
}
