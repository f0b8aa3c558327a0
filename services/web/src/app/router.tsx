import { createBrowserRouter } from "react-router";

import { NotFound } from "@/shared/ui/states";

import { Shell } from "./Shell";
import { Start } from "./Start";

/** Each module is loaded when it is first opened. */
const questions = (origin: "history" | "pending" | "test") => async () => {
  const { QuestionsPage } = await import("@/features/questions/QuestionsPage");
  return { element: <QuestionsPage key={origin} origin={origin} /> };
};

export const router = createBrowserRouter([
  {
    path: "/",
    element: <Shell />,
    hydrateFallbackElement: <></>,
    children: [
      { index: true, element: <Start /> },
      { path: "historico", lazy: questions("history") },
      { path: "pendientes", lazy: questions("pending") },
      { path: "test", lazy: questions("test") },
      {
        path: "tickets",
        lazy: async () => ({ Component: (await import("@/features/tickets/TicketsPage")).TicketsPage }),
      },
      {
        path: "tickets/nuevo",
        lazy: async () => ({ Component: (await import("@/features/tickets/NewTicketPage")).NewTicketPage }),
      },
      {
        path: "tickets/:id",
        lazy: async () => ({ Component: (await import("@/features/ticket/TicketPage")).TicketPage }),
      },
      {
        path: "notificaciones",
        lazy: async () => ({
          Component: (await import("@/features/notifications/NotificationsPage")).NotificationsPage,
        }),
      },
      {
        path: "plan",
        lazy: async () => ({ Component: (await import("@/features/plan/PlanPage")).PlanPage }),
      },
      {
        path: "respuestas",
        lazy: async () => ({ Component: (await import("@/features/desk/RepliesPage")).RepliesPage }),
      },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
