import { describe, expect, it } from "vitest";

import { Problem, problemOf, Unreachable } from "./client";

const answer = (status: number, type: string, body: string) =>
  new Response(body, { status, headers: { "Content-Type": type } });

describe("problemOf", () => {
  it("reads the API's own explanation", async () => {
    const body = JSON.stringify({ status: 409, code: "ticket_closed", detail: "Está cerrado" });
    const error = await problemOf(answer(409, "application/problem+json; charset=utf-8", body));
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 409, code: "ticket_closed", message: "Está cerrado" });
  });

  it("takes what is not the API's own for an API that is away", async () => {
    expect(await problemOf(answer(502, "text/html", "<h1>Bad gateway</h1>"))).toBeInstanceOf(Unreachable);
  });
});
