import createClient, { type Middleware } from "openapi-fetch";

import { endSession, token } from "@/shared/session/session";
import i18n from "@/shared/i18n";

import type { paths } from "./schema";

/** An error the API explained: `code` is stable, `detail` is for people and in their language. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors?: Record<string, unknown>,
  ) {
    super(detail);
  }
}

/** The API could not be reached, or answered with something that is not its own. */
export class Unreachable extends Error {}

const ours: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", i18n.language);
    const present = token();
    if (present) request.headers.set("Authorization", `Bearer ${present}`);
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return response;
    if (response.status === 401 && token()) endSession("expired");
    throw await problemOf(response);
  },
  onError({ error }) {
    return new Unreachable(error instanceof Error ? error.message : String(error));
  },
};

/** Reads the problem details (RFC 9457) of an answer. */
export async function problemOf(response: Response): Promise<Error> {
  if (!response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    return new Unreachable(`${response.status} ${response.statusText}`);
  }
  const { status, code, detail, errors } = await response.json();
  return new Problem(status, code, detail, errors);
}

/** The one way to the API; every call throws `Problem` or `Unreachable` instead of returning an error. */
export const api = createClient<paths>({ baseUrl: "/" });
api.use(ours);

/** The data of a call; openapi-fetch types it as absent where an error was, and ours have been thrown. */
export async function data<T>(call: Promise<{ data?: T }>): Promise<T> {
  const answer = await call;
  return answer.data as T;
}
