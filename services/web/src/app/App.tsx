import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router";

import { Problem } from "@/api/client";
import { SignIn } from "@/features/signin/SignIn";
import "@/i18n";

import { router } from "./router";
import { useToken } from "./session";
import { theme } from "./theme";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the API refuses stays refused; a network that is away may be back.
      retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < 3,
    },
  },
});

function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

export function App() {
  const signedIn = useToken();
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={nonce}>
      <QueryClientProvider client={queries}>
        {signedIn ? <RouterProvider router={router} key={signedIn} /> : <SignIn />}
      </QueryClientProvider>
    </MantineProvider>
  );
}
