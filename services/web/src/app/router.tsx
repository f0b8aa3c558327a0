import { createBrowserRouter, Navigate } from "react-router";

import { NotFound } from "@/ui/states";

import { Shell } from "./Shell";

export const router = createBrowserRouter([
  {
    path: "/",
    element: <Shell />,
    children: [
      { index: true, element: <Navigate to="/historico" replace /> },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
