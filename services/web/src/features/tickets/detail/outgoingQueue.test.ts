import { afterEach, describe, expect, it, vi } from "vitest";

import { Problem, Unreachable } from "@/shared/api/errors";

import { type OutgoingMessage, OutgoingQueue, type Send } from "./outgoingQueue";

const draft = (key: string): OutgoingMessage => ({
  key,
  ticketId: "t",
  body: `Texto ${key}`,
  internal: false,
  attachment_ids: [],
});
const endings: AbortController[] = [];

function run(queue: OutgoingQueue, send: Send): void {
  const ending = new AbortController();
  endings.push(ending);
  void queue.run(send, () => Promise.resolve(), ending.signal);
}

afterEach(() => {
  for (const ending of endings.splice(0)) ending.abort();
  localStorage.clear();
});

describe("OutgoingQueue", () => {
  it("sends in order and forgets what was sent", async () => {
    const sent: string[] = [];
    const queue = new OutgoingQueue("ana");
    run(queue, async ({ key }) => (sent.push(key), key));
    queue.add(draft("1"));
    queue.add(draft("2"));
    await vi.waitFor(() => expect(queue.getMessages()).toEqual([]));
    expect(sent).toEqual(["1", "2"]);
    expect(localStorage.length).toBe(0);
  });

  it("keeps what had no answer over a reload and repeats it under the same key", async () => {
    const before = new OutgoingQueue("ana");
    run(before, () => Promise.reject(new Unreachable("away")));
    before.add(draft("1"));
    await vi.waitFor(() => expect(before.getMessages()[0]?.waiting).toBe(true));
    endings.pop()?.abort();
    const sent: string[] = [];
    const after = new OutgoingQueue("ana");
    run(after, async ({ key }) => (sent.push(key), key));
    await vi.waitFor(() => expect(after.getMessages()).toEqual([]));
    expect(sent).toEqual(["1"]);
  });

  it("shows what was refused with its reason, and goes on with the next", async () => {
    const queue = new OutgoingQueue("ana");
    run(queue, ({ key }) =>
      key === "1" ? Promise.reject(new Problem(409, "ticket_closed", "Está cerrado")) : Promise.resolve(key),
    );
    queue.add(draft("1"));
    queue.add(draft("2"));
    await vi.waitFor(() => expect(queue.getMessages()).toHaveLength(1));
    expect(queue.getMessages()[0]).toMatchObject({ key: "1", refused: "Está cerrado" });
  });

  it("stops at the end of the session and loses nothing", async () => {
    const queue = new OutgoingQueue("ana");
    const send = vi.fn(() => Promise.reject(new Problem(401, "token_expired", "Venció")));
    run(queue, send);
    queue.add(draft("1"));
    await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
    expect(new OutgoingQueue("ana").getMessages()).toEqual([draft("1")]);
    expect(new OutgoingQueue("bruno").getMessages()).toEqual([]);
  });
});
