import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

import { api, unwrap } from "@/shared/api/client";
import { idempotencyHeader } from "@/shared/api/idempotency";

import { ticketKeys } from "../keys";
import { type OutgoingMessage, OutgoingQueue } from "./outgoingQueue";

const queues = new Map<string, OutgoingQueue>();

/** The messages one person is sending; there is one queue for each person in this browser tab. */
export function outgoingQueueOf(userId: string): OutgoingQueue {
  const queue = queues.get(userId) ?? new OutgoingQueue(userId);
  queues.set(userId, queue);
  return queue;
}

/** Those of one ticket, and a new rendering whenever they change. */
export function useOutgoingMessages(userId: string, ticketId: string): OutgoingMessage[] {
  const queue = outgoingQueueOf(userId);
  const messages = useSyncExternalStore(queue.subscribe, queue.getMessages);
  return messages.filter((message) => message.ticketId === ticketId);
}

/** Send what the person has waiting, for as long as this is shown. */
export function useSendOutgoingMessages(userId: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    const ending = new AbortController();
    const refresh = async (message: OutgoingMessage) => {
      void queries.invalidateQueries({ queryKey: ticketKeys.lists() });
      await queries.invalidateQueries({ queryKey: ticketKeys.detail(message.ticketId) });
    };
    void outgoingQueueOf(userId).run(send, refresh, ending.signal);
    return () => ending.abort();
  }, [userId, queries]);
}

async function send(message: OutgoingMessage): Promise<string> {
  const { key, ticketId, body, internal, attachment_ids } = message;
  const sent = await unwrap(
    api.POST("/v1/tickets/{ticket_id}/messages", {
      params: { path: { ticket_id: ticketId }, header: idempotencyHeader(key) },
      body: {
        body,
        ...(internal && { internal }),
        ...(attachment_ids.length > 0 && { attachment_ids }),
      },
    }),
  );
  return sent.id;
}
