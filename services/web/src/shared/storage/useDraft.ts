import { useCallback, useState } from "react";

import { useUserId } from "@/shared/session/currentUser";

/**
 * Text that survives a reload and the end of a session: stored for its writer alone until it is sent.
 * Gives the text, a way to change it and a way to drop it.
 */
export function useDraft(name: string): [string, (text: string) => void, () => void] {
  const key = `botmeni-draft:${useUserId()}:${name}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? "");
  const change = useCallback(
    (next: string) => {
      setText(next);
      if (next) localStorage.setItem(key, next);
      else localStorage.removeItem(key);
    },
    [key],
  );
  const clear = useCallback(() => change(""), [change]);
  return [text, change, clear];
}
