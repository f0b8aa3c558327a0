import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { isLong } from "@/features/tickets/list/longLists";

import { endSession, token } from "@/shared/session/session";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

let connected = false;

/** How often to ask again: seldom while the live stream tells of news, every `milliseconds` without it. */
export function pollEvery(milliseconds: number): number {
  return connected ? 5 * milliseconds : milliseconds;
}

interface StreamEvent {
  id: string;
  name: string;
  data: string;
}

/**
 * Listen to the live stream while signed in: what it tells of is asked for anew. With the stream away the
 * lists go on polling. (EventSource cannot carry the token, so the stream is read by fetch.)
 */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const ending = new AbortController();
    const heard = (event: StreamEvent) => {
      if (event.name === "expired") endSession("expired");
      if (event.name !== "notification" && event.name !== "resync") return;
      const ticket = event.name === "notification" ? JSON.parse(event.data).ticket_id : null;
      void queries.invalidateQueries({ queryKey: ["notifications"] });
      void queries.invalidateQueries({ queryKey: ["quota"] });
      void queries.invalidateQueries({ queryKey: ["tickets"], predicate: (query) => !isLong(query) });
      void queries.invalidateQueries({ queryKey: ticket ? ["ticket", ticket] : ["ticket"] });
    };
    void listen(heard, ending.signal);
    return () => ending.abort();
  }, [queries]);
}

async function listen(heard: (event: StreamEvent) => void, signal: AbortSignal): Promise<void> {
  let last = "";
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      for await (const event of events(last, signal)) {
        last = event.id;
        wait = FIRST_WAIT_MS;
        heard(event);
      }
    } catch {
      wait = Math.min(2 * wait, LONGEST_WAIT_MS);
    }
    connected = false;
    await pause(wait, signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

async function* events(last: string, signal: AbortSignal): AsyncGenerator<StreamEvent> {
  const address = document.querySelector<HTMLMetaElement>('meta[name="stream"]')?.content ?? "/v1/stream";
  const headers: Record<string, string> = { Authorization: `Bearer ${token() ?? ""}` };
  if (last) headers["Last-Event-ID"] = last;
  const answer = await fetch(address, { headers, signal });
  if (!answer.ok || !answer.body) throw new Error(`stream: ${answer.status}`);
  connected = true;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parsed(block);
      if (event) yield event;
    }
  }
}

/** One event of the stream (HTML standard, 9.2.6); null for a comment. */
export function parsed(block: string): StreamEvent | null {
  const fields = new Map(
    block
      .split("\n")
      .filter((line) => line && !line.startsWith(":"))
      .map(
        (line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trimStart()] as const,
      ),
  );
  const name = fields.get("event");
  return name ? { id: fields.get("id") ?? "", name, data: fields.get("data") ?? "" } : null;
}
