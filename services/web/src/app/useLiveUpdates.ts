import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { readEvents, type StreamEvent } from "@/shared/api/eventStream";
import { setStreaming } from "@/shared/api/polling";
import { endSession } from "@/shared/session/session";
import { sleep } from "@/shared/time/sleep";

import { refreshAfterNews } from "./staleData";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Listen to the live stream while signed in: what changed is asked for anew. With the stream away the
 * lists go on polling.
 */
export function useLiveUpdates(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const ending = new AbortController();
    const onEvent = (event: StreamEvent) => {
      if (event.name === "expired") endSession("expired");
      if (event.name === "notification") refreshAfterNews(queries, JSON.parse(event.data).ticket_id);
      if (event.name === "resync") refreshAfterNews(queries, null);
    };
    void listen(onEvent, ending.signal);
    return () => ending.abort();
  }, [queries]);
}

/** Read the stream, from where it broke off and after ever longer pauses, until `signal` ends it. */
async function listen(onEvent: (event: StreamEvent) => void, signal: AbortSignal): Promise<void> {
  let lastId = "";
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      for await (const event of readEvents(lastId, signal, () => setStreaming(true))) {
        lastId = event.id;
        wait = FIRST_WAIT_MS;
        onEvent(event);
      }
    } catch {
      wait = Math.min(2 * wait, LONGEST_WAIT_MS);
    }
    setStreaming(false);
    await sleep(wait, signal);
  }
}
