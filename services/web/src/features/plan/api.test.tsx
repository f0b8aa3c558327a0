import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";

import { useQuota } from "./api";

// The API's client takes `fetch` as it is when the client is made.
const answers = vi.hoisted(() => {
  const quota = { used: 3 };
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(quota)));
  return quota;
});

afterEach(cleanup);

it("a screen opened after a unit was taken shows it, however fresh the last answer is", async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );

  const before = renderHook(useQuota, { wrapper });
  await waitFor(() => expect(before.result.current.data?.used).toBe(3));
  before.unmount();
  answers.used = 4;
  const after = renderHook(useQuota, { wrapper });
  await waitFor(() => expect(after.result.current.data?.used).toBe(4));
});
