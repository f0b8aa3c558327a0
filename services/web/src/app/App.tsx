import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router";

import { SignIn } from "@/features/signin/SignIn";
import "@/shared/i18n";
import { useToken } from "@/shared/session/session";
import { theme, variables } from "@/shared/theme/theme";

import { nonce } from "./nonce";
import { createQueryClient } from "./queryClient";
import { router } from "./router";

/** Root component: theme, then the signed-in app or the sign-in form. */
export function App() {
  const token = useToken();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
    >
      <Session key={token} signedIn={token !== null} />
    </MantineProvider>
  );
}

/**
 * What was read in one session is gone with it: the next person starts with nothing of the last.
 *
 * The router changes its state at once. As a React transition, which it uses by default, a busy page put the
 * change off, and ScrollRestoration sent somebody back to the top who was already scrolling.
 */
function Session({ signedIn }: { signedIn: boolean }) {
  const [queries] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queries}>
      {signedIn ? <RouterProvider router={router} useTransitions={false} /> : <SignIn />}
    </QueryClientProvider>
  );
}
