"""A span for each request, where traces are on: route's pattern, method and status; never path or query."""

from __future__ import annotations

from flask import Flask, Response, g, request
from opentelemetry.trace import SpanKind, StatusCode

from shared.http.requests.request_log import METHODS, NO_ROUTE, NOT_LOGGED
from shared.observability.tracing import TraceOrigin, spans


def register(app: Flask) -> None:
    """Trace every request of `app`; registered right after `request_ids`."""
    app.before_request(_begin)
    app.after_request(_record_status)
    app.teardown_request(_end)


def _begin() -> None:
    if request.endpoint in NOT_LOGGED:
        return
    route = request.url_rule.rule if request.url_rule else NO_ROUTE
    # `_OTHER` is OpenTelemetry's name for a method that is not a standard one.
    method = request.method if request.method in METHODS else "_OTHER"
    origin = TraceOrigin(g.correlation_id, request.headers.get("traceparent", ""))
    attributes = {"http.request.method": method, "http.route": route}
    g.span = spans.start_span(f"{method} {route}", SpanKind.SERVER, origin, attributes=attributes)
    g.entered = spans.activate(g.span)


def _record_status(response: Response) -> Response:
    if "span" in g:
        g.span.set_attribute("http.response.status_code", response.status_code)
        if response.status_code >= 500:  # noqa: PLR2004 - HTTP's own border
            g.span.set_status(StatusCode.ERROR)
    return response


def _end(_: BaseException | None) -> None:
    if "span" in g:
        spans.deactivate(g.entered)
        g.span.end()
