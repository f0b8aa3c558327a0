import { createBrowserRouter } from "react-router";

import type { Origin } from "@/shared/api/types";
import { NotFound } from "@/shared/ui/states";

import { HomePage } from "./pages/HomePage";
import { Shell } from "./shell/Shell";

/** Each module is loaded when it is first opened. */
const questions = (origin: Origin) => async () => {
  const { QuestionsPage } = await import("./pages/QuestionsPage");
  return { element: <QuestionsPage key={origin} origin={origin} /> };
};

/** The addresses of the page. */
export const router = createBrowserRouter([
  {
    path: "/",
    element: <Shell />,
    hydrateFallbackElement: <></>,
    children: [
      { index: true, element: <HomePage /> },
      { path: "historico", lazy: questions("history") },
      { path: "pendientes", lazy: questions("pending") },
      { path: "test", lazy: questions("test") },
      {
        path: "tickets",
        lazy: async () => ({ Component: (await import("./pages/TicketsPage")).TicketsPage }),
      },
      {
        path: "tickets/nuevo",
        lazy: async () => ({ Component: (await import("./pages/NewTicketPage")).NewTicketPage }),
      },
      {
        path: "tickets/:id",
        lazy: async () => ({ Component: (await import("./pages/TicketPage")).TicketPage }),
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
        lazy: async () => ({
          Component: (await import("@/features/support/CannedRepliesPage")).CannedRepliesPage,
        }),
      },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
