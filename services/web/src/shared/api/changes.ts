/**
 * What a call changes beyond the feature that makes it. A mutation says so in its `meta`; the app layer knows
 * which queries show it and invalidates them, so that no feature has to know of another.
 */
export type Invalidation =
  { kind: "ticket"; id: string } | { kind: "ticket-read" } | { kind: "ticket-lists" };

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: { invalidates?: Invalidation };
  }
}
