"""What I want to be told, and by which channel."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.ticket_api.access import allowed
from services.ticket_api.blueprints import Blueprint
from services.ticket_api.callers import Caller, Rule
from services.ticket_api.preferences import rules
from services.ticket_api.preferences.schemas import PreferencesSchema, WantedPreferencesSchema
from services.ticket_api.problems import locale

blueprint = Blueprint(
    "preferences", __name__, url_prefix="/v1/notification-preferences", description="Preferencias de aviso"
)


@blueprint.get("")
@allowed(Rule.ANYONE)
@blueprint.answers(200, PreferencesSchema)
def get_preferences(session: Session, caller: Caller) -> dict[str, Any]:
    """What I am told, by topic and channel."""
    return rules.preferences(session, caller, locale())


@blueprint.put("")
@blueprint.takes(WantedPreferencesSchema)
@allowed(Rule.ANYONE)
@blueprint.answers(200, PreferencesSchema)
def put_preferences(session: Session, caller: Caller, wanted: dict[str, Any]) -> dict[str, Any]:
    """Choose anew what I am told; a topic that is not named goes back to its default."""
    rules.choose(session, caller, wanted["items"])
    return rules.preferences(session, caller, locale())
