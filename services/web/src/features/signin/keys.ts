/** Where the cache keeps whom one can sign in as. */
export const signInKeys = {
  demoPeople: () => ["demo-people"] as const,
};
