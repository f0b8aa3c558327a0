import { MantineProvider } from "@mantine/core";
import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { callKey, forgetCall } from "@/shared/storage/draft";
import { Written } from "./MessageText";

function links(text: string): string[] {
  const { container } = render(
    <MantineProvider>
      <Written text={text} />
    </MantineProvider>,
  );
  expect(container.textContent).toContain(text);
  return [...container.querySelectorAll("a")].map((link) => link.href);
}

afterEach(cleanup);

describe("Written", () => {
  it("makes links of web addresses", () => {
    expect(links("Mira https://ejemplo.example/a")).toEqual(["https://ejemplo.example/a"]);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://a.example/x",
    "<a href='x'>y</a>",
    "a@b.example",
  ])("leaves %s as text", (text) => {
    expect(links(text)).toEqual([]);
  });
});

describe("callKey", () => {
  it("stays the same for the same call until it is forgotten", () => {
    const key = callKey("ana", "new", { body: "a" });
    expect(callKey("ana", "new", { body: "a" })).toBe(key);
    expect(callKey("ana", "new", { body: "b" })).not.toBe(key);
    const again = callKey("ana", "new", { body: "b" });
    forgetCall("ana", "new");
    expect(callKey("ana", "new", { body: "b" })).not.toBe(again);
  });
});
