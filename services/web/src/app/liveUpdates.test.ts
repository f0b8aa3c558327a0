import { describe, expect, it } from "vitest";

import { parsed } from "./liveUpdates";

describe("parsed", () => {
  it("reads an event of the stream", () => {
    expect(parsed('id: 7\nevent: notification\ndata: {"ticket_id": "t"}')).toEqual({
      id: "7",
      name: "notification",
      data: '{"ticket_id": "t"}',
    });
  });

  it("passes over a comment", () => {
    expect(parsed(": still here")).toBeNull();
  });
});
