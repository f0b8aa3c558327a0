"""Logs and measures each request: its route's pattern, status and time; never its path or body."""

from __future__ import annotations

import time

import structlog
from flask import Flask, Response, g, request

from shared.observability.metrics import HTTP_SECONDS

NO_ROUTE = "none"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NOT_LOGGED = frozenset({"healthz", "readyz"})
"""Probes ask every few seconds: measured, and not logged."""

log = structlog.get_logger(__name__)


def register(app: Flask) -> None:
    """Time every request of `app`; registered right after `request_ids`, before what may refuse a request."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.began
    route = request.url_rule.rule if request.url_rule else NO_ROUTE
    # A caller may send any word as method; a label takes few values.
    method = request.method if request.method in METHODS else "other"
    status = response.status_code
    HTTP_SECONDS.labels(method, route, str(status)).observe(seconds)
    if request.endpoint not in NOT_LOGGED:
        log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))
    return response
