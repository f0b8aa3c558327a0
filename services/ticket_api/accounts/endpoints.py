"""Who am I."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.ticket_api.accounts import rules
from services.ticket_api.accounts.schemas import MeSchema
from services.ticket_api.accounts.views import MeView
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint

blueprint = Blueprint("account", __name__, url_prefix="/v1", description="Tu cuenta, los planes y tu cupo")


@blueprint.get("/me")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, MeSchema)
def me(session: Session, caller: Caller) -> MeView:
    """Who I am."""
    return rules.me(session, caller)
