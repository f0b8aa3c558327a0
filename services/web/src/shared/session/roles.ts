/** The roles this page knows. The API's document leaves them open: a token may carry others. */
export type Role = "administrador" | "gestionar_tickets" | "soporte";

const TICKET_MODULE_ROLES: readonly string[] = [
  "administrador",
  "gestionar_tickets",
  "soporte",
] satisfies readonly Role[];

/** Whether these roles may see the ticket module. */
export function canSeeTickets(roles: readonly string[] = []): boolean {
  return roles.some((role) => TICKET_MODULE_ROLES.includes(role));
}

/** Whether these are the roles of one of Botmeni's own people, who see every store. */
export function isSupport(roles: readonly string[] = []): boolean {
  return roles.includes("soporte" satisfies Role);
}
