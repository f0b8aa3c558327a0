import { getToken } from "@/shared/session/session";

/** One event of the live stream. */
export interface StreamEvent {
  id: string;
  name: string;
  data: string;
}

/**
 * The live stream's events after `lastId`, until it breaks off or `signal` ends it; `onOpen` is called once it
 * is open. It is read by `fetch`, since EventSource cannot carry the token, and outside the client, since it is
 * no part of the API's document and may be at an address of its own.
 */
export async function* readEvents(
  lastId: string,
  signal: AbortSignal,
  onOpen: () => void,
): AsyncGenerator<StreamEvent> {
  const address = document.querySelector<HTMLMetaElement>('meta[name="stream"]')?.content ?? "/v1/stream";
  const headers: Record<string, string> = { Authorization: `Bearer ${getToken() ?? ""}` };
  if (lastId) headers["Last-Event-ID"] = lastId;
  const answer = await fetch(address, { headers, signal });
  if (!answer.ok || !answer.body) throw new Error(`stream: ${answer.status}`);
  onOpen();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) yield event;
    }
  }
}

/** One event of the stream (HTML standard, 9.2.6); null for a comment. */
export function parseEvent(block: string): StreamEvent | null {
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
