import { afterEach, describe, expect, it } from "vitest";

import { callKey, forgetCall, idempotencyHeader, newIdempotencyKey } from "./idempotency";

afterEach(() => localStorage.clear());

describe("callKey", () => {
  it("stays the same for the same call until it is forgotten", () => {
    const key = callKey("ana", "new", { body: "a" });
    expect(callKey("ana", "new", { body: "a" })).toBe(key);
    expect(callKey("ana", "new", { body: "b" })).not.toBe(key);
    const again = callKey("ana", "new", { body: "b" });
    forgetCall("ana", "new");
    expect(callKey("ana", "new", { body: "b" })).not.toBe(again);
  });

  it("is another one for another call or another person", () => {
    const key = callKey("ana", "promote:1", undefined);
    expect(callKey("ana", "promote:1", undefined)).toBe(key);
    expect(callKey("ana", "promote:2", undefined)).not.toBe(key);
    expect(callKey("bruno", "promote:1", undefined)).not.toBe(key);
  });
});

describe("idempotencyHeader", () => {
  it("carries a key that no other call has", () => {
    const [one, two] = [newIdempotencyKey(), newIdempotencyKey()];
    expect(one).not.toBe(two);
    expect(idempotencyHeader(one)).toEqual({ "Idempotency-Key": one });
  });
});
