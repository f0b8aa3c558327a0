/** Where the cache keeps what was read of plans and units. */
export const planKeys = {
  quota: () => ["quota"] as const,
  statement: () => ["quota", "statement"] as const,
  plans: (language: string) => ["plans", language] as const,
};
