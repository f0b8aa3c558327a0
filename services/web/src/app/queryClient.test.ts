import { MutationObserver, type QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";

import { notificationKeys } from "@/features/notifications/keys";
import { planKeys } from "@/features/plan/keys";
import { ticketKeys } from "@/features/tickets/keys";
import type { Invalidation } from "@/shared/api/changes";

import { createQueryClient } from "./queryClient";
import { refreshAfterNews } from "./staleData";

const KEYS = {
  list: ticketKeys.list({}),
  counts: ticketKeys.counts({}),
  ticket: ticketKeys.detail("a"),
  messages: ticketKeys.messages("a"),
  other: ticketKeys.detail("b"),
  notifications: notificationKeys.list("es"),
  quota: planKeys.quota(),
};

let queries: QueryClient;

/** What has to be asked for anew. */
const stale = () =>
  Object.entries(KEYS)
    .filter(([, key]) => queries.getQueryState(key)?.isInvalidated)
    .map(([name]) => name);

const change = (invalidates: Invalidation, mutationFn: () => Promise<null>) =>
  new MutationObserver(queries, { mutationFn, meta: { invalidates } }).mutate().catch(() => null);

beforeEach(() => {
  queries = createQueryClient();
  for (const key of Object.values(KEYS)) queries.setQueryData(key, {});
});

describe("a mutation that says what it changes", () => {
  it("makes all stale that shows a ticket, also where it was refused", async () => {
    const shown = ["list", "counts", "ticket", "messages", "notifications"];
    await change({ kind: "ticket", id: "a" }, () => Promise.reject(new Error("refused")));
    expect(stale()).toEqual(shown);
  });

  it("makes only lists stale where only they show it", async () => {
    await change({ kind: "ticket-lists" }, () => Promise.resolve(null));
    expect(stale()).toEqual(["list", "counts"]);
  });

  it("tells nothing new where a ticket could not be marked as read", async () => {
    await change({ kind: "ticket-read" }, () => Promise.reject(new Error("away")));
    expect(stale()).toEqual([]);
    await change({ kind: "ticket-read" }, () => Promise.resolve(null));
    expect(stale()).toEqual(["list", "counts", "notifications"]);
  });
});

describe("news of the live stream", () => {
  it("is of one ticket, or of any", () => {
    refreshAfterNews(queries, "a");
    expect(stale()).toEqual(["list", "counts", "ticket", "messages", "notifications", "quota"]);
    refreshAfterNews(queries, null);
    expect(stale()).toEqual(Object.keys(KEYS));
  });
});
