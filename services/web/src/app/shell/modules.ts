import { isSupport, canSeeTickets } from "@/shared/session/roles";

/** The modules of the menu, in order. */
const MODULES = ["tickets", "history", "pending", "test", "notifications", "plan", "replies"] as const;

export type Module = (typeof MODULES)[number];

/** Where each module is. */
export const MODULE_PATHS: Record<Module, string> = {
  tickets: "/tickets",
  history: "/historico",
  pending: "/pendientes",
  test: "/test",
  notifications: "/notificaciones",
  plan: "/plan",
  replies: "/respuestas",
};

/** The modules people with these roles have in their menu. */
export function modulesFor(roles: readonly string[]): Module[] {
  return MODULES.filter((module) => {
    if (module === "tickets") return canSeeTickets(roles);
    if (module === "plan") return !isSupport(roles);
    return module !== "replies" || isSupport(roles);
  });
}
