"""Lists a person's notifications in their language, and marks them read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.notifier.inbox import queries, read
from services.notifier.texts import render
from shared.db.models import Notification
from shared.http import pagination
from shared.http.auth.callers import Caller

SCOPE = "notifications"


def page(session: Session, caller: Caller, arguments: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """A page of the caller's notifications, latest first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.page(session, caller.person_id, arguments.get("unread"), after, limit + 1)
    views = [_view(row, locale) for row in rows]
    return pagination.page(views, limit, SCOPE, by="updated_at") | {
        "unread_count": queries.unread_count(session, caller.person_id)
    }


def mark_read(session: Session, caller: Caller, payload: Mapping[str, Any], now: datetime) -> dict[str, int]:
    """Mark the caller's notifications of the payload's `ids` read, or all of them where `ids` is None.

    Ids of other people's notifications are ignored. Returns the number of unread notifications left.
    """
    read.mark_read(session, caller.person_id, payload["ids"], now)
    return {"unread_count": queries.unread_count(session, caller.person_id)}


def _view(notification: Notification, locale: str) -> dict[str, Any]:
    return {
        "id": notification.id,
        "event": notification.event,
        "text": render(notification.event, notification.detail, locale),
        "ticket_id": notification.ticket_id,
        "count": notification.count,
        "detail": notification.detail,
        "created_at": notification.created_at,
        "updated_at": notification.updated_at,
        "read_at": notification.read_at,
    }
