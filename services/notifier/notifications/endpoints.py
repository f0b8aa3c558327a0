"""Endpoints of a person's in-app notifications."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.notifier.notifications import rules
from services.notifier.notifications.schemas import (
    MarkedSchema,
    MarkReadSchema,
    NotificationArguments,
    NotificationPageSchema,
)
from services.notifier.notifications.views import MarkedView, NotificationPageView
from shared.clock import now
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.problems import locale

blueprint = Blueprint("notifications", __name__, url_prefix="/v1/notifications", description="Notificaciones")


@blueprint.get("")
@blueprint.takes(NotificationArguments, location="query")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, NotificationPageSchema)
def list_notifications(session: Session, caller: Caller, arguments: dict[str, Any]) -> NotificationPageView:
    """What I was told, latest first, with the number of unread ones."""
    return rules.page(session, caller, arguments, locale())


@blueprint.post("/read")
@blueprint.takes(MarkReadSchema)
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, MarkedSchema)
def mark_read(session: Session, caller: Caller, payload: dict[str, Any]) -> MarkedView:
    """Mark some or all of my notifications read."""
    return rules.mark_read(session, caller, payload, now())
