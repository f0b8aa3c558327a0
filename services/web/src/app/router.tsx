import { createBrowserRouter } from "react-router";

import { NotFound } from "@/shared/ui/states";

import { Shell } from "@/app/shell/Shell";
import { Start } from "@/app/pages/HomePage";

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
        lazy: async () => ({
          Component: (await import("@/features/tickets/list/TicketsScreen")).TicketsPage,
        }),
      },
      {
        path: "tickets/nuevo",
        lazy: async () => ({
          Component: (await import("@/features/tickets/create/NewTicketScreen")).NewTicketPage,
        }),
      },
      {
        path: "tickets/:id",
        lazy: async () => ({
          Component: (await import("@/features/tickets/detail/TicketScreen")).TicketPage,
        }),
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
        lazy: async () => ({ Component: (await import("@/features/support/CannedRepliesPage")).RepliesPage }),
      },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
