"""Endpoint that releases the caller's own address after an SMTP server refused it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.notifier.email import refused_addresses
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint

blueprint = Blueprint("email", __name__, url_prefix="/v1", tag="account")


@blueprint.delete("/me/email-refusal")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(204)
def forget_refusal(session: Session, caller: Caller) -> None:
    """My address works again: try it with the next e-mail."""
    refused_addresses.release(session, caller.person_id)
