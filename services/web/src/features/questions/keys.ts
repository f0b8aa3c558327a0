import type { Origin } from "@/shared/api/types";

/** What a list of questions can be narrowed by. */
export interface QuestionFilters {
  origin: Origin;
  rated?: boolean;
  q?: string;
}

/** Where the cache keeps what was read of questions. */
export const questionKeys = {
  list: (filters: QuestionFilters) => ["questions", filters] as const,
  detail: (id: string) => ["question", id] as const,
};
