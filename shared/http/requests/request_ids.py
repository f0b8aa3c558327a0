"""One id per request: in every log line, in the response's headers, and in the events it leads to."""

from __future__ import annotations

import structlog
from flask import Flask, Response, g, request

from shared.observability.correlation import correlation_from

HEADER = "X-Request-ID"


def register(app: Flask) -> None:
    """Use a caller's well-formed request id, else the trace it belongs to, else make one."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    headers = request.headers
    g.correlation_id = correlation_from(headers.get(HEADER), headers.get("traceparent"))
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(correlation_id=g.correlation_id)


def _end(response: Response) -> Response:
    response.headers[HEADER] = g.correlation_id
    return response
