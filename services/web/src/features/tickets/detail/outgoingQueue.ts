import { Problem, Unreachable } from "@/shared/api/client";

/** A message on its way: kept in this browser from ENVIAR until the API has it. */
export interface Outgoing {
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

export type Send = (message: Outgoing) => Promise<string>;

const LONGEST_PAUSE_MS = 15_000;

/** One person's messages on their way, sent one after the other; what is there survives a reload. */
export class OutgoingQueue {
  private messages: Outgoing[];
  private readonly bell = new EventTarget();
  private readonly place: string;

  constructor(owner: string) {
    this.place = `botmeni-outgoing:${owner}`;
    this.messages = JSON.parse(localStorage.getItem(this.place) ?? "[]") as Outgoing[];
  }

  /** The same array until something changes. */
  all = (): readonly Outgoing[] => this.messages;

  subscribe = (listener: () => void): (() => void) => {
    this.bell.addEventListener("change", listener);
    return () => this.bell.removeEventListener("change", listener);
  };

  add(message: Outgoing): void {
    this.keep([...this.messages, message]);
    this.tryNow();
  }

  remove(key: string): void {
    this.keep(this.messages.filter((message) => message.key !== key));
  }

  /** Send one that was refused once more, as after the ticket was opened again. */
  again(key: string): void {
    this.keep(
      this.messages.map(({ refused, ...rest }) =>
        rest.key === key ? rest : { ...rest, ...(refused !== undefined && { refused }) },
      ),
    );
    this.tryNow();
  }

  /** Don't wait for the next attempt's time. */
  tryNow = (): void => {
    this.bell.dispatchEvent(new Event("try"));
  };

  /** Send until `signal` ends it: `send` gives the new message's id, `shown` makes it visible. */
  async run(send: Send, shown: (message: Outgoing) => Promise<unknown>, signal: AbortSignal): Promise<void> {
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
        this.change(next.key, { sentAs, waiting: false });
        await shown(next).catch(() => undefined);
        this.remove(next.key);
      } catch (error) {
        if (isSessionEnd(error)) return;
        if (isPassing(error)) {
          this.change(next.key, { waiting: true });
          await this.pause(signal, Math.min(1000 * 2 ** failures++, LONGEST_PAUSE_MS));
        } else {
          this.change(next.key, { refused: error instanceof Error ? error.message : String(error) });
        }
      }
    }
  }

  private change(key: string, next: Partial<Outgoing>): void {
    this.keep(this.messages.map((message) => (message.key === key ? { ...message, ...next } : message)));
  }

  private keep(messages: Outgoing[]): void {
    this.messages = messages;
    if (messages.length > 0) localStorage.setItem(this.place, JSON.stringify(messages));
    else localStorage.removeItem(this.place);
    this.bell.dispatchEvent(new Event("change"));
  }

  private pause(signal: AbortSignal, milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(done, milliseconds);
      const { bell } = this;
      function done() {
        clearTimeout(timer);
        bell.removeEventListener("try", done);
        window.removeEventListener("online", done);
        signal.removeEventListener("abort", done);
        resolve();
      }
      bell.addEventListener("try", done);
      window.addEventListener("online", done);
      signal.addEventListener("abort", done);
    });
  }
}

function isSessionEnd(error: unknown): boolean {
  return error instanceof Problem && error.status === 401;
}

/** Whether the same call may succeed later: no answer, a server in trouble, too many calls, still running. */
function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof Problem)) return false;
  return error.status >= 500 || error.status === 429 || error.code === "idempotency_key_in_use";
}
