import { describe, expect, it } from "vitest";

import { toQuery } from "./filters";

describe("toQuery", () => {
  it("asks for nothing where nothing was chosen", () => {
    expect(toQuery({})).toEqual({});
  });

  it("takes several statuses apart and reads numbers and booleans", () => {
    expect(toQuery({ status: "open,closed", unread: "false", number: "12" })).toEqual({
      status: ["open", "closed"],
      unread: false,
      number: 12,
    });
  });

  it("leaves a number out that is none", () => {
    expect(toQuery({ number: "doce" })).toEqual({});
  });

  it("makes whole days of the reader's zone, the last one included", () => {
    const { created_from, created_to } = toQuery({ created_from: "2026-03-01", created_to: "2026-03-01" });
    expect(created_from).toBe(new Date(2026, 2, 1).toISOString());
    expect(created_to).toBe(new Date(2026, 2, 2).toISOString());
  });
});
