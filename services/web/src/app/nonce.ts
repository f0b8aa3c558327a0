import { setNonce } from "get-nonce";

/** What marks style sheets as ours: the page's policy lets no other in. */
export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

// The part that stops the page from scrolling behind a dialog adds a style sheet of its own.
setNonce(nonce());
