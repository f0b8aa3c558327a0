let streaming = false;

/** Whether the live stream is heard; the app layer, which listens to it, says so. */
export function setStreaming(heard: boolean): void {
  streaming = heard;
}

/** How often to ask again: seldom while the live stream tells of news, every `milliseconds` without it. */
export function pollInterval(milliseconds: number): number {
  return streaming ? 5 * milliseconds : milliseconds;
}
