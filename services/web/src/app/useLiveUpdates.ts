import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { readEvents, type StreamEvent } from "@/shared/api/eventStream";
import { setStreaming } from "@/shared/api/polling";
import { endSession } from "@/shared/session/session";
import { sleep } from "@/shared/time/sleep";

import { refreshAfterNews } from "./staleData";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Listen to the live stream while signed in, and refetch what its events are about. While the stream is away,
 * the lists poll.
 *
 * `readSince` is a time (HTTP `Date`) before the first list was read. The stream starts there, because a change
 * after a list was read and before the stream was open would otherwise stay unseen until the next poll.
 */
export function useLiveUpdates(readSince: string | null): void {
  const queries = useQueryClient();
  const [firstId] = useState(() => (readSince ? new Date(readSince).toISOString() : ""));
  useEffect(() => {
    const ending = new AbortController();
    const onEvent = (event: StreamEvent) => {
      if (event.name === "expired") endSession("expired");
      if (event.name === "notification") refreshAfterNews(queries, JSON.parse(event.data).ticket_id);
      if (event.name === "resync") refreshAfterNews(queries, null);
    };
    void listen(firstId, onEvent, ending.signal);
    return () => ending.abort();
  }, [firstId, queries]);
}

/** Read the stream from `lastId` on until `signal` ends it; after a failure go on, with ever longer pauses. */
async function listen(
  lastId: string,
  onEvent: (event: StreamEvent) => void,
  signal: AbortSignal,
): Promise<void> {
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
