import { Problem } from "@/shared/api/client";

/** What to tell people of an error: the API's own words where it gave some, else `otherwise`. */
export function explain(error: unknown, otherwise: string): string {
  return error instanceof Problem ? error.detail : otherwise;
}
