// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const eslint = new ESLint({ cwd: ROOT });

/** The rules that refuse `code` where it stood in `file`, which need not exist. */
async function broken(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(ROOT, file) });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

const source = (file: string) => readFileSync(join(ROOT, file), "utf8");
const use = (imported: string, from: string) => `import { ${imported} } from "${from}";\n\n${imported}();\n`;

describe("layers", { timeout: 120_000 }, () => {
  const breaches = {
    "a feature that imports another": ["src/features/tickets/list/planted.ts", "@/features/plan/api"],
    "a feature that imports another by a path": ["src/features/tickets/planted.ts", "../plan/api"],
    "shared code that imports a feature": ["src/shared/ui/planted.ts", "@/features/plan/api"],
    "shared code that imports the app": ["src/shared/ui/planted.ts", "@/app/queryClient"],
    "a feature that imports the app": ["src/features/plan/planted.ts", "@/app/queryClient"],
  } as const;

  it.each(Object.entries(breaches))("refuse %s", async (_what, [file, imported]) => {
    expect(await broken(file, use("anything", imported))).toEqual(["import-x/no-restricted-paths"]);
  });

  it("refuse a type of another feature, and a script loaded later", async () => {
    const file = "src/features/tickets/planted.ts";
    const type =
      'import type { DemoPerson } from "@/features/signin/api";\n\nexport type One = DemoPerson;\n';
    const later = 'export const later = () => import("@/features/plan/api");\n';
    expect(await broken(file, type)).toEqual(["import-x/no-restricted-paths"]);
    expect(await broken(file, later)).toEqual(["import-x/no-restricted-paths"]);
  });

  it("refuse an import circle", async () => {
    const file = "src/shared/session/session.ts";
    const circle = `${use("useMe", "@/shared/session/currentUser")}\n${source(file)}`;
    expect(await broken(file, circle)).toContain("import-x/no-cycle");
    expect(await broken(file, source(file))).toEqual([]);
  });

  it("let the app use features, and features what is shared", async () => {
    expect(await broken("src/app/planted.ts", use("anything", "@/features/plan/api"))).toEqual([]);
    expect(
      await broken("src/features/plan/planted.ts", use("anything", "@/shared/session/currentUser")),
    ).toEqual([]);
  });
});

describe("one way to do each thing", { timeout: 120_000 }, () => {
  const breaches = {
    "a query key made by hand": 'export const options = { queryKey: ["tickets"] };\n',
    "a mutation key made by hand": 'export const options = { mutationKey: ["tickets"] };\n',
    "a cache written under a key made by hand": 'cache.setQueryData(["tickets"], null);\n',
    "an Idempotency-Key of its own": 'export const headers = { "Idempotency-Key": "1" };\n',
    "a colour in hexadecimal": 'export const colour = "#c92a2a";\n',
    "a colour of a function": 'export const colour = "rgb(1, 2, 3)";\n',
    "a palette's name": 'export const text = <Text c="red">!</Text>;\n',
    "a shade": 'export const text = <Text bg={odd ? "blue.1" : undefined}>!</Text>;\n',
  };

  it.each(Object.entries(breaches))("refuses %s", async (_what, code) => {
    expect(await broken("src/features/plan/planted.tsx", code)).toEqual(["no-restricted-syntax"]);
  });

  it.each(["fetch('/v1/me')", "new XMLHttpRequest()"])("refuses %s outside the client", async (call) => {
    expect(await broken("src/features/plan/planted.ts", `export const call = ${call};\n`)).toEqual([
      "no-restricted-globals",
    ]);
    expect(await broken("src/shared/api/planted.ts", `export const call = ${call};\n`)).toEqual([]);
  });

  it("lets a colour be named by what it means, and stand in the theme", async () => {
    const named = 'export const text = <Text c="dimmed">!</Text>;\n';
    expect(await broken("src/features/plan/planted.tsx", named)).toEqual([]);
    const literal = 'export const colour = "#c92a2a";\n';
    expect(await broken("src/shared/theme/planted.ts", literal)).toEqual([]);
  });
});
