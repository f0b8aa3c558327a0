import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router";

import { Problem } from "@/shared/api/client";
import { SignIn } from "@/features/signin/SignIn";
import "@/shared/i18n";

import { nonce } from "./nonce";
import { router } from "./router";
import { useToken } from "@/shared/session/session";
import { theme, variables } from "@/shared/theme/theme";

function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What the API refuses stays refused; a network that is away may be back.
        retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < 2,
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}

export function App() {
  const signedIn = useToken();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
    >
      <Session key={signedIn} signedIn={signedIn !== null} />
    </MantineProvider>
  );
}

/** What was read in one session is gone with it: the next person starts with nothing of the last. */
function Session({ signedIn }: { signedIn: boolean }) {
  const [queries] = useState(newQueries);
  return (
    <QueryClientProvider client={queries}>
      {signedIn ? <RouterProvider router={router} /> : <SignIn />}
    </QueryClientProvider>
  );
}
