import { MantineProvider } from "@mantine/core";
import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { MessageText } from "./MessageText";

function links(text: string): string[] {
  const { container } = render(
    <MantineProvider>
      <MessageText text={text} />
    </MantineProvider>,
  );
  expect(container.textContent).toContain(text);
  return [...container.querySelectorAll("a")].map((link) => link.href);
}

afterEach(cleanup);

describe("MessageText", () => {
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
