import { Problem, Unreachable } from "@/shared/api/errors";

/** A message being sent: stored in this browser from ENVIAR until the API has it. */
export interface OutgoingMessage {
  key: string;
  ticketId: string;
  body: string;
  internal: boolean;
  attachment_ids: string[];
  /** The network was away at the last attempt; it will be tried again. */
  waiting?: boolean;
  /** Why the API refused it; it is not tried again. */
  refused?: string;
  /** The id of the message it has become. */
  sentAs?: string;
}

export type Send = (message: OutgoingMessage) => Promise<string>;

const LONGEST_PAUSE_MS = 15_000;

/** One person's outgoing messages, sent one after the other; what is there survives a reload. */
export class OutgoingQueue {
  private messages: OutgoingMessage[];
  private readonly events = new EventTarget();
  private readonly storageKey: string;

  constructor(userId: string) {
    this.storageKey = `botmeni-outgoing:${userId}`;
    this.messages = JSON.parse(localStorage.getItem(this.storageKey) ?? "[]") as OutgoingMessage[];
  }

  /** The same array until something changes. */
  getMessages = (): readonly OutgoingMessage[] => this.messages;

  /** Hear of every change, until the function it gives is called. */
  subscribe = (listener: () => void): (() => void) => {
    this.events.addEventListener("change", listener);
    return () => this.events.removeEventListener("change", listener);
  };

  /** Send one more, after those that wait. */
  add(message: OutgoingMessage): void {
    this.save([...this.messages, message]);
    this.retryNow();
  }

  /** Give one up. */
  remove(key: string): void {
    this.save(this.messages.filter((message) => message.key !== key));
  }

  /** Retry a rejected message, for example after the ticket was reopened. */
  retry(key: string): void {
    this.save(
      this.messages.map(({ refused, ...rest }) =>
        rest.key === key ? rest : { ...rest, ...(refused !== undefined && { refused }) },
      ),
    );
    this.retryNow();
  }

  /** Don't wait for the next attempt's time. */
  retryNow = (): void => {
    this.events.dispatchEvent(new Event("retry"));
  };

  /** Send until `signal` ends it: `send` gives the new message's id, `refresh` makes it visible. */
  async run(
    send: Send,
    refresh: (message: OutgoingMessage) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const next = this.messages.find((message) => message.refused === undefined && !message.sentAs);
      if (!next) {
        await this.pause(signal);
        continue;
      }
      try {
        const sentAs = await send(next);
        failures = 0;
        this.update(next.key, { sentAs, waiting: false });
        await refresh(next).catch(() => undefined);
        this.remove(next.key);
      } catch (error) {
        if (isSessionEnd(error)) return;
        if (isTemporary(error)) {
          this.update(next.key, { waiting: true });
          await this.pause(signal, Math.min(1000 * 2 ** failures++, LONGEST_PAUSE_MS));
        } else {
          this.update(next.key, { refused: error instanceof Error ? error.message : String(error) });
        }
      }
    }
  }

  private update(key: string, next: Partial<OutgoingMessage>): void {
    this.save(this.messages.map((message) => (message.key === key ? { ...message, ...next } : message)));
  }

  private save(messages: OutgoingMessage[]): void {
    this.messages = messages;
    if (messages.length > 0) localStorage.setItem(this.storageKey, JSON.stringify(messages));
    else localStorage.removeItem(this.storageKey);
    this.events.dispatchEvent(new Event("change"));
  }

  private pause(signal: AbortSignal, milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(done, milliseconds);
      const { events } = this;
      function done() {
        clearTimeout(timer);
        events.removeEventListener("retry", done);
        window.removeEventListener("online", done);
        signal.removeEventListener("abort", done);
        resolve();
      }
      events.addEventListener("retry", done);
      window.addEventListener("online", done);
      signal.addEventListener("abort", done);
    });
  }
}

function isSessionEnd(error: unknown): boolean {
  return error instanceof Problem && error.status === 401;
}

/** Whether the same call may succeed later: no answer, a server in trouble, too many calls, still running. */
function isTemporary(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof Problem)) return false;
  return error.status >= 500 || error.status === 429 || error.code === "idempotency_key_in_use";
}
