import { describe, expect, it } from "vitest";

import { parseEvent } from "./eventStream";

describe("parseEvent", () => {
  it("reads an event of the stream", () => {
    expect(parseEvent('id: 7\nevent: notification\ndata: {"ticket_id": "t"}')).toEqual({
      id: "7",
      name: "notification",
      data: '{"ticket_id": "t"}',
    });
  });

  it("passes over a comment", () => {
    expect(parseEvent(": still here")).toBeNull();
  });
});
