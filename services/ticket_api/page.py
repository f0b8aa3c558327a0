"""The page people use, served from the API's own address once it has been built."""

from __future__ import annotations

import html
import mimetypes
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, request, send_from_directory
from werkzeug.routing import PathConverter

from shared.config.settings import settings
from shared.http.auth.access import allowed
from shared.http.auth.permissions import Permission
from shared.storage import browser_endpoint

BUILT = Path(__file__).parent.parent / "web" / "dist"
ASSET_SECONDS = 31_536_000
_NONCE = "__NONCE__"
_STREAM = "__STREAM__"


class PagePath(PathConverter):
    """Any path but the API's and the operators': an unknown one of those is an error, never the page."""

    regex = "(?!v1/|dev/|docs|assets/|openapi|healthz|readyz|metrics)[^/].*?"


def register(app: Flask) -> None:
    """Serve the built page at every address that is no other's; without a build, nothing."""
    index = BUILT / "index.html"
    if not index.is_file():
        return
    stream = settings().stream_url
    text = index.read_text(encoding="utf-8").replace(_STREAM, html.escape(stream))
    # The live stream, and where pictures are read from once the API has signed their address.
    elsewhere = _origin_of(stream) + _origin_of(browser_endpoint())

    @allowed(Permission.PUBLIC)
    def page(path: str = "") -> Response:  # noqa: ARG001 - the page itself reads its address
        nonce = secrets.token_urlsafe(16)
        response = Response(text.replace(_NONCE, nonce), mimetype="text/html")
        response.headers["Content-Security-Policy"] = _policy(nonce, elsewhere)
        return response

    @allowed(Permission.PUBLIC)
    def asset(name: str) -> Response:
        """Built files carry a hash of their content in their names, so they never change."""
        packed = request.accept_encodings.quality("gzip") > 0 and (BUILT / "assets" / f"{name}.gz").is_file()
        response = send_from_directory(
            BUILT / "assets",
            f"{name}.gz" if packed else name,
            mimetype=mimetypes.guess_type(name)[0],
            max_age=ASSET_SECONDS,
        )
        if packed:
            response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
        response.cache_control.immutable = True
        return response

    @allowed(Permission.PUBLIC)
    def icon() -> Response:
        return send_from_directory(BUILT, "icon.svg", max_age=3600)

    app.url_map.converters["page"] = PagePath
    app.add_url_rule("/", "page_root", page)
    app.add_url_rule("/<page:path>", "page", page)
    app.add_url_rule("/assets/<path:name>", "page_asset", asset)
    app.add_url_rule("/icon.svg", "page_icon", icon)


def _origin_of(address: str) -> str:
    """What a policy calls the host of `address`; nothing for a path on our own."""
    parts = urlsplit(address)
    return f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _policy(nonce: str, elsewhere: str) -> str:
    """Only our own scripts; only style sheets of ours and those the component library marks with `nonce`."""
    return (
        f"default-src 'none'; script-src 'self'; connect-src 'self'{elsewhere}; img-src 'self' blob:; "
        f"font-src 'self'; style-src 'self' 'nonce-{nonce}'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
