/**
 * What a call changes beyond the feature that makes it. A mutation says so in its `meta`; the app layer knows
 * what else shows it and asks for that anew, so that no feature has to know of another.
 */
export type Change = { kind: "ticket"; id: string } | { kind: "ticket-read" } | { kind: "ticket-lists" };

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: { changes?: Change };
  }
}
