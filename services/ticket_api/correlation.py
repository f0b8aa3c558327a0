"""One id per request: in every log line, in the answer's headers, and in the events it leads to."""

from __future__ import annotations

import re

import structlog
from flask import Flask, Response, g, request

from shared.identifiers import new_id

HEADER = "X-Request-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")


def register(app: Flask) -> None:
    """Take over a caller's well-formed request id, or make one."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.correlation_id = given if _ACCEPTED.fullmatch(given) else str(new_id())
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(correlation_id=g.correlation_id)


def _end(response: Response) -> Response:
    response.headers[HEADER] = g.correlation_id
    return response
