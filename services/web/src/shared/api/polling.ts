let streaming = false;

/** Whether the live stream is open; the app layer, which listens to it, says so. */
export function setStreaming(open: boolean): void {
  streaming = open;
}

/** How often to ask again: seldom while the live stream sends changes, every `milliseconds` without it. */
export function pollInterval(milliseconds: number): number {
  return streaming ? 5 * milliseconds : milliseconds;
}
