"""Doors for whoever watches the process: is it alive, can it work."""

from __future__ import annotations

from flask import Flask, Response
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.ticket_api import database_role
from services.ticket_api.access import allowed
from services.ticket_api.callers import Rule
from services.ticket_api.responses import json_response
from shared import migrations
from shared.database import transaction

_APPLIED = text("SELECT version_num FROM alembic_version")


def register(app: Flask) -> None:
    """Serve `/healthz` and `/readyz`."""
    expected = migrations.head()

    @allowed(Rule.PUBLIC)
    def healthz() -> Response:
        """The process answers."""
        return json_response({"status": "ok"})

    @allowed(Rule.PUBLIC)
    def readyz() -> Response:
        """The database answers and has this release's schema; Redis may be away, no write needs it."""
        try:
            with transaction(restricted=True) as session:
                applied = session.scalar(_APPLIED)
            bound = database_role.is_bound()
        except DBAPIError:
            return json_response({"status": "database_away"}, 503)
        if applied != expected:
            return json_response({"status": "migrations_pending", "expected": expected}, 503)
        if not bound:
            return json_response({"status": "role_not_bound"}, 503)
        return json_response({"status": "ready"})

    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
