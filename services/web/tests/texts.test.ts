// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import en from "@/shared/i18n/en.json";
import es from "@/shared/i18n/es.json";

const SOURCES = join(import.meta.dirname, "../src");

type Texts = { [key: string]: string | Texts };

/** Every key of a text file, as `t` is given it. */
function keys(texts: Texts, before = ""): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [`${before}${key}`] : keys(value, `${before}${key}.`),
  );
}

/** What must be the same in every language: the values a text takes. */
const values = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([value]) => value).sort();

const at = (texts: Texts, key: string) =>
  key.split(".").reduce<string | Texts>((inner, name) => (inner as Texts)[name] ?? "", texts) as string;

/** Keys of which `code` holds neither the whole nor, before a `${…}`, the beginning. */
function unused(all: string[], code: string): string[] {
  const prefixes = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map(([, prefix]) => prefix ?? "");
  return all.filter((key) => {
    const asked = key.replace(/_(one|other)$/, "");
    const rest = prefixes.some(
      (prefix) => asked.startsWith(prefix) && !asked.slice(prefix.length).includes("."),
    );
    return !rest && !code.includes(`"${asked}"`);
  });
}

describe("the text files", () => {
  it("have the same keys, with the same values in each text", () => {
    expect(keys(en)).toEqual(keys(es));
    for (const key of keys(es)) expect([key, values(at(en, key))]).toEqual([key, values(at(es, key))]);
  });

  it("have no key that nothing shows", () => {
    const files = readdirSync(SOURCES, { encoding: "utf8", recursive: true }).filter((file) =>
      /(?<!\.test)\.tsx?$/.test(file),
    );
    const code = files.map((file) => readFileSync(join(SOURCES, file), "utf8")).join("\n");
    expect(unused(keys(es), code)).toEqual([]);
  });
});

describe("unused", () => {
  it("finds a key that stands nowhere", () => {
    const code = 't("plan.all"); t(`status.${status}`); t("support.done", { count })';
    const all = ["plan.all", "plan.used", "status.open", "status.open.more", "support.done_one"];
    expect(unused(all, code)).toEqual(["plan.used", "status.open.more"]);
  });
});
