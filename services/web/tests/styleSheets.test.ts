// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "../src");

const LITERAL = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|light-dark)a?\(/i;
const NAMED = /:[^;]*\b(?:white|black|red|green|blue|yellow|orange|gray|grey|silver|purple|pink|cyan)\b/i;
const PALETTE =
  /--mantine-color-(?:dark|gray|red|pink|grape|violet|indigo|blue|cyan|teal|green|lime|yellow|orange|white|black)\b/;

/** The lines of a style sheet that bring a colour of their own. */
function colours(css: string): string[] {
  const lines = css.split("\n");
  return lines.filter((line) => [LITERAL, NAMED, PALETTE].some((pattern) => pattern.test(line)));
}

it("style sheets take their colours from the theme", () => {
  const sheets = readdirSync(SOURCES, { encoding: "utf8", recursive: true }).filter((file) =>
    file.endsWith(".css"),
  );
  expect(sheets.length).toBeGreaterThan(5);
  const found = sheets.map((sheet) => [sheet, colours(readFileSync(join(SOURCES, sheet), "utf8"))]);
  expect(found.filter(([, lines]) => lines?.length)).toEqual([]);
});

it.each([
  "color: #0b4a80;",
  "background: rgb(1 2 3);",
  "background: light-dark(var(--a), var(--b));",
  "border: 1px solid white;",
  "color: var(--mantine-color-blue-filled);",
])("%s is a colour of its own", (line) => {
  expect(colours(line)).toEqual([line]);
});

it.each(["color: var(--color-link);", "border-color: transparent;", "white-space: nowrap;"])(
  "%s is none",
  (line) => {
    expect(colours(line)).toEqual([]);
  },
);
