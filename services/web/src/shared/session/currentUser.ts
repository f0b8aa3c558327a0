import { useQuery } from "@tanstack/react-query";

import { api, data } from "@/shared/api/client";

/** The person signed in; the page's parts ask it what they may show. */
export function useMe() {
  return useQuery({ queryKey: ["me"], queryFn: () => data(api.GET("/v1/me")), staleTime: 300_000 });
}

/** The id of the person signed in, under which this browser keeps what they write. */
export function useOwner(): string {
  return useMe().data?.id ?? "";
}

/** Whether these roles open the ticket module. */
export function opensTickets(roles: readonly string[] = []): boolean {
  return roles.some((role) => ["administrador", "gestionar_tickets", "soporte"].includes(role));
}

export function isSupport(roles: readonly string[] = []): boolean {
  return roles.includes("soporte");
}
