"""The OpenAPI document and its reader at /docs, whose files come from an installed package."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import swagger_ui  # type: ignore[import-untyped] # ships no types
from flask import Flask, Response, send_from_directory
from flask_smorest import Api  # type: ignore[import-untyped] # ships no types
from marshmallow import Schema, fields

from shared.http.auth.access import allowed
from shared.http.auth.permissions import Permission
from shared.http.openapi.operations import complete
from shared.http.openapi.served_elsewhere import ServedElsewhere
from shared.http.responses import json_response

_DESCRIPTION = """Calificaciones, tickets y notificaciones de Botmeni.

Errors are problem details (RFC 9457): decide by `code`, show `detail`, which is Spanish, or English by
`Accept-Language`. Lists are pages: give `next_cursor` as `cursor` until it is null. Times are RFC 3339, UTC.
"""

OPENAPI: dict[str, Any] = {
    "API_TITLE": "Botmeni Tickets",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "API_SPEC_OPTIONS": {
        "info": {"description": _DESCRIPTION},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
    },
}

READER_FILES = Path(swagger_ui.__file__).parent / "static"

_PAGE = """<!doctype html>
<html lang="es"><head><meta charset="utf-8"><title>Botmeni Tickets: API</title>
<link rel="icon" href="/docs/favicon-32x32.png"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="reader"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
"""
_CACHE_SECONDS = 3600
_START = 'SwaggerUIBundle({url: "/openapi.json", dom_id: "#reader", deepLinking: true});\n'


class ProblemSchema(Schema):
    """An error (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable; decide by this one"})
    detail = fields.String(required=True, metadata={"description": "For people, in their language"})
    errors = fields.Dict(metadata={"description": "For invalid data: what is wrong with each field"})


def register(
    app: Flask, api: Api, asyncapi: Callable[[], dict[str, Any]], elsewhere: Iterable[ServedElsewhere] = ()
) -> None:
    """Serve `/openapi.json`, `/asyncapi.json` (the document that `asyncapi` makes) and `/docs`.

    The OpenAPI document also describes `elsewhere`, the operations of other processes.
    """
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})

    @functools.cache
    def made() -> dict[str, Any]:
        return complete(api.spec.to_dict(), app, elsewhere)

    @allowed(Permission.PUBLIC)
    def document() -> Response:
        return json_response(made())

    @allowed(Permission.PUBLIC)
    def queues() -> Response:
        return json_response(asyncapi())

    @allowed(Permission.PUBLIC)
    def reader() -> Response:
        return Response(_PAGE, mimetype="text/html")

    @allowed(Permission.PUBLIC)
    def reader_file(name: str) -> Response:
        if name == "start.js":
            response = Response(_START, mimetype="text/javascript")
            response.cache_control.max_age = _CACHE_SECONDS
            return response
        return send_from_directory(READER_FILES, name, max_age=_CACHE_SECONDS)

    app.add_url_rule("/openapi.json", "openapi", document)
    app.add_url_rule("/asyncapi.json", "asyncapi", queues)
    app.add_url_rule("/docs", "docs", reader)
    app.add_url_rule("/docs/<path:name>", "docs_file", reader_file)
