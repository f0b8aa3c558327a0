"""Headers that every answer carries: what a browser must not do with it, and which pages may read it."""

from __future__ import annotations

import re

from flask import Flask, Response, request
from flask_cors.core import get_cors_options
from flask_cors.extension import make_after_request_function
from werkzeug.middleware.proxy_fix import ProxyFix

from shared.config.settings import InvalidSettings, settings
from shared.http.idempotency import idempotent
from shared.http.rate_limits import limits
from shared.http.requests import request_ids

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
# The reader's files are our own; its pictures are data: addresses.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HSTS = "max-age=31536000"
PREFLIGHT_SECONDS = 600

READABLE = ("ETag", "Retry-After", request_ids.HEADER, idempotent.REPLAYED_HEADER, *limits.HEADERS)
SENDABLE = ("Authorization", "Content-Type", "Accept-Language", "If-Match", "If-None-Match")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")


def register(app: Flask) -> None:
    """Set them on every answer of `app`. Raises `InvalidSettings` for a malformed origin."""
    config = settings()
    secure = config.environment != "local"

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _policy())
        headers.setdefault("Cache-Control", "no-store")
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "no-referrer"
        if secure:
            headers["Strict-Transport-Security"] = HSTS
        return response

    origins = _origins(config.allowed_origins)
    if origins:
        _share(app, origins)
    if config.proxy_hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # Flask's own way to wrap it
            app.wsgi_app, x_for=config.proxy_hops, x_proto=config.proxy_hops
        )


def _share(app: Flask, origins: list[str]) -> None:
    """Let pages of `origins` read the answers of `app` (Fetch standard, 3.2)."""
    options = get_cors_options(
        app,
        {
            "origins": origins,
            "expose_headers": READABLE,
            "allow_headers": (*SENDABLE, request_ids.HEADER, idempotent.HEADER),
            "methods": ("GET", "POST", "PUT", "PATCH", "DELETE"),
            "max_age": PREFLIGHT_SECONDS,
            "vary_header": False,
        },
    )
    allow = make_after_request_function([(re.compile(".*"), options)])

    @app.after_request
    def share(response: Response) -> Response:
        response.headers.add("Vary", "Origin")
        # Most callers are no pages of another origin, which took flask-cors 30 µs to find out.
        return allow(response) if "Origin" in request.headers else response


def _policy() -> str:
    return DOCS_POLICY if (request.endpoint or "").startswith("docs") else API_POLICY


def _origins(setting: str) -> list[str]:
    origins = [origin.strip() for origin in setting.split(",") if origin.strip()]
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise InvalidSettings(
                f"ALLOWED_ORIGINS: {origin!r} is no origin; write https://app.example.com, without a path"
            )
    return origins
