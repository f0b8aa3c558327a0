"""Endpoints of the unsubscribe link: for people a page with a button, for mail programs RFC 8058's POST."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from services.notifier.email.unsubscribe import rules, tokens
from services.notifier.email.unsubscribe.pages import CONTENT_SECURITY_POLICY, page
from shared.db.transactions import restricted_transaction
from shared.http.auth.access import allowed
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.problems import locale

blueprint = Blueprint(
    "unsubscribing", __name__, url_prefix=tokens.PATH, description="Dejar de recibir correos"
)


class TokenArguments(Schema):
    """Query arguments of the link."""

    token = fields.String(required=True, validate=validate.Length(1, 500))


@blueprint.get("")
@blueprint.takes(TokenArguments, location="query")
@allowed(Permission.PUBLIC)
@blueprint.answers(200, content_type="text/html")
def ask(arguments: dict[str, Any]) -> Response:
    """A page with one button: only looking at a link must change nothing, as some programs look at all."""
    rules.require_person(arguments["token"])
    return _html(page("confirm", locale()))


@blueprint.post("")
@blueprint.takes(TokenArguments, location="query")
@allowed(Permission.PUBLIC)
@blueprint.answers(200, content_type="text/html")
def leave(arguments: dict[str, Any]) -> Response:
    """No more e-mails for the person of the token."""
    person_id = rules.require_person(arguments["token"])
    with restricted_transaction() as (session, _):
        rules.unsubscribe(session, person_id)
    return _html(page("done", locale()))


def _html(text: str) -> Response:
    response = Response(text, mimetype="text/html")
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response
