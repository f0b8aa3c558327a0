import { useState } from "react";

const MAX_SELECTED = 200;

/** The tickets chosen for one action at once; no more than the API takes. */
export function useSelection() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(id) && next.size < MAX_SELECTED) next.add(id);
      return next;
    });
  return { selected, toggle, clear: () => setSelected(new Set()) };
}
