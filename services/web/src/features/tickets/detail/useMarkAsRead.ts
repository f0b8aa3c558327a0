import { useEffect } from "react";

import { useMarkTicketRead, useMessages } from "./api";

/** Whoever has the ticket open has read what it shows: tell the API so, anew with each new message. */
export function useMarkAsRead(id: string): void {
  const newest = useMessages(id).data?.pages.at(-1)?.items.at(-1)?.id;
  const { mutate } = useMarkTicketRead();
  useEffect(() => {
    if (newest) mutate(id);
  }, [id, newest, mutate]);
}
