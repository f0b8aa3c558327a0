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

/** Reads the problem details (RFC 9457) of an answer that is no success. */
export async function readProblem(response: Response): Promise<Error> {
  if (!response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    return new Unreachable(`${response.status} ${response.statusText}`);
  }
  const { status, code, detail, errors } = await response.json();
  return new Problem(status, code, detail, errors);
}

/** Whether the caller gave the call up, so that there is nothing to show. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** What to show people of an error: the API's own words where it gave some, else `fallback`. */
export function errorMessage(error: unknown, fallback: string): string {
  return error instanceof Problem ? error.detail : fallback;
}
