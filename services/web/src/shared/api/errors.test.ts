import { describe, expect, it } from "vitest";

import { errorMessage, isAbort, Problem, readProblem, Unreachable } from "./errors";

const answer = (status: number, type: string, body: string) =>
  new Response(body, { status, headers: { "Content-Type": type } });

describe("readProblem", () => {
  it("reads the API's own explanation", async () => {
    const body = JSON.stringify({ status: 409, code: "ticket_closed", detail: "Está cerrado" });
    const error = await readProblem(answer(409, "application/problem+json; charset=utf-8", body));
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 409, code: "ticket_closed", message: "Está cerrado" });
  });

  it("takes what is not the API's own for an API that is away", async () => {
    expect(await readProblem(answer(502, "text/html", "<h1>Bad gateway</h1>"))).toBeInstanceOf(Unreachable);
  });
});

describe("errorMessage", () => {
  it("gives the API's words, or else those of the page", () => {
    expect(errorMessage(new Problem(409, "ticket_closed", "Está cerrado"), "Sin conexión")).toBe(
      "Está cerrado",
    );
    expect(errorMessage(new Unreachable("away"), "Sin conexión")).toBe("Sin conexión");
  });
});

describe("isAbort", () => {
  it("tells a call that was given up from one that failed", () => {
    expect(isAbort(new DOMException("left", "AbortError"))).toBe(true);
    expect(isAbort(new Unreachable("away"))).toBe(false);
  });
});
