type Fetch = (request: Request) => Promise<Response>;

/**
 * A `fetch` for a call that uploads: it reports how much of the body was sent (0 to 100). The browser's own
 * reports nothing, so the request is sent by XMLHttpRequest; the client's headers, errors and signal stay as they are.
 */
export function fetchWithProgress(onProgress: (percent: number) => void): Fetch {
  return async (request) => {
    const { signal } = request;
    const body = await request.blob();
    signal.throwIfAborted();
    const sending = new XMLHttpRequest();
    const abort = () => sending.abort();
    signal.addEventListener("abort", abort);
    try {
      return await send(sending, request, body, onProgress);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  };
}

function send(
  sending: XMLHttpRequest,
  request: Request,
  body: Blob,
  onProgress: (percent: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    sending.open(request.method, request.url);
    request.headers.forEach((value, name) => sending.setRequestHeader(name, value));
    sending.responseType = "blob";
    sending.upload.onprogress = (event) => onProgress(Math.round((100 * event.loaded) / event.total));
    sending.onload = () => resolve(responseOf(sending));
    sending.onerror = () => reject(new TypeError("The upload failed"));
    sending.onabort = () => reject(new DOMException("The upload was given up", "AbortError"));
    sending.send(body);
  });
}

function responseOf(sent: XMLHttpRequest): Response {
  const headers = { "Content-Type": sent.getResponseHeader("Content-Type") ?? "" };
  return new Response(sent.response as Blob, { status: sent.status, statusText: sent.statusText, headers });
}
