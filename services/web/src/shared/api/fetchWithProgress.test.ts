import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { getToken, startSession } from "@/shared/session/session";

import { api } from "./client";
import { Unreachable } from "./errors";
import { fetchWithProgress } from "./fetchWithProgress";

/** XMLHttpRequest as far as an upload needs it; each test answers it itself. */
class FakeRequest {
  static last: FakeRequest;
  readonly headers = new Headers();
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  method = "";
  url = "";
  status = 0;
  statusText = "";
  type = "application/json";
  response: unknown;
  sent: Blob | undefined;
  onload = () => {};
  onerror = () => {};
  onabort = () => {};

  constructor() {
    FakeRequest.last = this;
  }
  open(method: string, url: string) {
    this.method = method;
    this.url = url;
  }
  setRequestHeader(name: string, value: string) {
    this.headers.set(name, value);
  }
  getResponseHeader() {
    return this.type;
  }
  send(body: Blob) {
    this.sent = body;
  }
  abort() {
    this.onabort();
  }
  answer(status: number, body: object, type = "application/json") {
    Object.assign(this, { status, type, response: new Blob([JSON.stringify(body)]) });
    this.onload();
  }
}

const progress: number[] = [];

function upload(signal?: AbortSignal) {
  const form = new FormData();
  form.append("file", new File(["abc"], "a.png"));
  return api.POST("/v1/attachments", {
    body: { file: "" },
    bodySerializer: () => form,
    fetch: fetchWithProgress((percent) => progress.push(percent)),
    ...(signal && { signal }),
  });
}

async function sent(): Promise<FakeRequest> {
  await vi.waitFor(() => expect(FakeRequest.last?.sent).toBeDefined());
  return FakeRequest.last;
}

beforeEach(() => {
  progress.length = 0;
  FakeRequest.last = undefined as never;
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  startSession("a-token");
});
afterEach(() => vi.unstubAllGlobals());

describe("fetchWithProgress", () => {
  it("sends what the client made of the call, and tells how far it is", async () => {
    const call = upload();
    const request = await sent();
    request.upload.onprogress?.({ loaded: 1, total: 4 });
    request.answer(201, { id: "7" });
    expect((await call).data).toEqual({ id: "7" });
    expect(progress).toEqual([25]);
    expect(request.method).toBe("POST");
    expect(request.url).toMatch(/\/v1\/attachments$/);
    expect(request.headers.get("Authorization")).toBe("Bearer a-token");
    expect(request.headers.get("Accept-Language")).toBe("es");
    expect(request.headers.get("Content-Type")).toMatch(/^multipart\/form-data; boundary=/);
  });

  it("fails with the API's explanation", async () => {
    const call = upload();
    const problem = { status: 413, code: "too_large", detail: "Es muy grande" };
    (await sent()).answer(413, problem, "application/problem+json");
    await expect(call).rejects.toMatchObject(problem);
    expect(getToken()).toBe("a-token");
  });

  it("ends the session where the API knows the person no more", async () => {
    const call = upload();
    const problem = { status: 401, code: "token_expired", detail: "Venció" };
    (await sent()).answer(401, problem, "application/problem+json");
    await expect(call).rejects.toMatchObject(problem);
    expect(getToken()).toBeNull();
  });

  it("is unreachable where the network is away", async () => {
    const call = upload();
    (await sent()).onerror();
    await expect(call).rejects.toBeInstanceOf(Unreachable);
  });

  it("stops where its caller gives it up", async () => {
    const ending = new AbortController();
    const call = upload(ending.signal);
    await sent();
    ending.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
  });
});
