import { useCallback, useState } from "react";

/** Text that survives a reload: kept in this browser under `name` until it is sent. */
export function useDraft(name: string): [string, (text: string) => void, () => void] {
  const key = `botmeni-draft:${name}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? "");
  const write = useCallback(
    (next: string) => {
      setText(next);
      if (next) localStorage.setItem(key, next);
      else localStorage.removeItem(key);
    },
    [key],
  );
  const forget = useCallback(() => write(""), [write]);
  return [text, write, forget];
}

/** The key of one intended call: the same until `renew` is called, so that a repetition creates nothing twice. */
export function useCallKey(): [string, () => void] {
  const [key, setKey] = useState<string>(() => crypto.randomUUID());
  const renew = useCallback(() => setKey(crypto.randomUUID()), []);
  return [key, renew];
}
