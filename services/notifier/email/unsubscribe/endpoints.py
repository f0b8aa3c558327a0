"""The unsubscribe link of e-mails: one click for a mail program (RFC 8058), a button for a person."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from services.notifier.email.unsubscribe import rules, tokens
from services.notifier.email.unsubscribe.pages import POLICY, page
from shared.db.transactions import restricted_transaction
from shared.http.auth.access import allowed
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.problems import locale

blueprint = Blueprint(
    "unsubscribing", __name__, url_prefix=tokens.PATH, description="Dejar de recibir correos"
)


class TokenArguments(Schema):
    """What the link in an e-mail carries."""

    token = fields.String(required=True, validate=validate.Length(1, 500))


@blueprint.get("")
@blueprint.takes(TokenArguments, location="query")
@allowed(Permission.PUBLIC)
@blueprint.answers(200, content_type="text/html")
def ask(arguments: dict[str, Any]) -> Response:
    """A page with one button: only looking at a link must change nothing, as some programs look at all."""
    rules.person_of(arguments["token"])
    return _html(page("ask", locale()))


@blueprint.post("")
@blueprint.takes(TokenArguments, location="query")
@allowed(Permission.PUBLIC)
@blueprint.answers(200, content_type="text/html")
def leave(arguments: dict[str, Any]) -> Response:
    """No more e-mails for the person of the token."""
    person_id = rules.person_of(arguments["token"])
    with restricted_transaction() as (session, _):
        rules.leave(session, person_id)
    return _html(page("left", locale()))


def _html(text: str) -> Response:
    response = Response(text, mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    return response
