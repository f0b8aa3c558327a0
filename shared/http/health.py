"""Liveness and readiness probes."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response
from flask_smorest import Api  # type: ignore[import-untyped] # ships no types
from marshmallow import Schema, fields, validate
from sqlalchemy.exc import DBAPIError

from shared.db import migrations, role_check
from shared.db.transactions import restricted_transaction
from shared.http.auth.access import allowed
from shared.http.auth.permissions import Permission
from shared.http.responses import json_response

_STATUSES = ("ok", "ready", "database_away", "migrations_pending", "role_not_bound")


class HealthSchema(Schema):
    """The state of the process."""

    status = fields.String(required=True, validate=validate.OneOf(_STATUSES))
    expected = fields.String(metadata={"description": "The migration this release needs", "x-optional": True})


_APPLIED = "SELECT version_num FROM alembic_version"


def register(app: Flask, api: Api) -> None:
    """Serve `/healthz` and `/readyz`."""
    expected = migrations.head()
    older = migrations.older()

    @allowed(Permission.PUBLIC)
    def healthz() -> Response:
        """The process answers."""
        return json_response({"status": "ok"})

    @allowed(Permission.PUBLIC)
    def readyz() -> Response:
        """The database answers and has this release's schema; Redis may be away, no write needs it."""
        try:
            with restricted_transaction(_APPLIED) as (_, row):
                applied = row.version_num if row else None
            bound = role_check.is_restricted()
        except DBAPIError:
            return json_response({"status": "database_away"}, 503)
        # One this release does not know is the next release's, which serves both (docs/upgrading.md).
        if applied is None or (applied != expected and applied in older):
            return json_response({"status": "migrations_pending", "expected": expected}, 503)
        if not bound:
            return json_response({"status": "role_not_bound"}, 503)
        return json_response({"status": "ready"})

    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
    api.spec.tag({"name": "health", "description": "Estado"})
    for endpoint, operation in (
        ("healthz", _described(healthz, 200)),
        ("readyz", _described(readyz, 200, 503)),
    ):
        api.spec.path(rule=next(app.url_map.iter_rules(endpoint)), operations={"get": operation})


def _described(view: Callable[[], Response], *statuses: int) -> dict[str, Any]:
    """The OpenAPI operation of a probe."""
    content = {"application/json": {"schema": HealthSchema}}
    answers = {
        str(status): {"description": HTTPStatus(status).phrase, "content": content} for status in statuses
    }
    return {"summary": view.__doc__, "tags": ["health"], "responses": answers}
