import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

import { api, data } from "@/shared/api/client";

import { type Outgoing, OutgoingQueue } from "./outgoingQueue";

const queues = new Map<string, OutgoingQueue>();

/** The messages on their way of one person; there is one queue for each in this browser tab. */
export function queueOf(owner: string): OutgoingQueue {
  const queue = queues.get(owner) ?? new OutgoingQueue(owner);
  queues.set(owner, queue);
  return queue;
}

/** Those of one ticket, and a new rendering whenever they change. */
export function useOutgoing(owner: string, ticketId: string): Outgoing[] {
  const queue = queueOf(owner);
  return useSyncExternalStore(queue.subscribe, queue.all).filter((message) => message.ticketId === ticketId);
}

/** Send what `owner` has waiting, for as long as this is shown. */
export function useSending(owner: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    const ending = new AbortController();
    const shown = async (message: Outgoing) => {
      void queries.invalidateQueries({ queryKey: ["tickets"] });
      await queries.invalidateQueries({ queryKey: ["ticket", message.ticketId] });
    };
    void queueOf(owner).run(send, shown, ending.signal);
    return () => ending.abort();
  }, [owner, queries]);
}

async function send({ key, ticketId, body, internal, attachment_ids }: Outgoing): Promise<string> {
  const written = {
    body,
    ...(internal && { internal }),
    ...(attachment_ids.length > 0 && { attachment_ids }),
  };
  const message = await data(
    api.POST("/v1/tickets/{ticket_id}/messages", {
      params: { path: { ticket_id: ticketId }, header: { "Idempotency-Key": key } },
      body: written,
    }),
  );
  return message.id;
}
