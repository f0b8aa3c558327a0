"""Endpoints of a person's notification preferences."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.notifier.preferences import rules
from services.notifier.preferences.schemas import PreferencesSchema, WantedPreferencesSchema
from services.notifier.preferences.views import PreferenceView
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.problems import locale
from shared.http.views import ListView

blueprint = Blueprint(
    "preferences", __name__, url_prefix="/v1/notification-preferences", description="Preferencias de aviso"
)


@blueprint.get("")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, PreferencesSchema)
def get_preferences(session: Session, caller: Caller) -> ListView[PreferenceView]:
    """What I am told, by topic and channel."""
    return ListView(rules.preferences(session, caller, locale()))


@blueprint.put("")
@blueprint.takes(WantedPreferencesSchema)
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, PreferencesSchema)
def put_preferences(session: Session, caller: Caller, payload: dict[str, Any]) -> ListView[PreferenceView]:
    """Choose anew what I am told; a topic that is not named goes back to its default."""
    rules.replace(session, caller, payload)
    return ListView(rules.preferences(session, caller, locale()))
