"""Lists a person's notifications in their language, and marks them read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.notifier.notifications import queries, read
from services.notifier.notifications.queries import NotificationRow
from services.notifier.notifications.views import MarkedView, NotificationPageView, NotificationView
from services.notifier.texts import render
from shared.http import pagination
from shared.http.auth.callers import Caller

SCOPE = "notifications"


def page(session: Session, caller: Caller, arguments: Mapping[str, Any], locale: str) -> NotificationPageView:
    """A page of the caller's notifications, latest first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.page(session, caller.person_id, arguments.get("unread"), after, limit + 1)
    found = pagination.page([_view(row, locale) for row in rows], limit, SCOPE, by="updated_at")
    unread_count = queries.unread_count(session, caller.person_id)
    return NotificationPageView(found.items, found.next_cursor, unread_count)


def mark_read(session: Session, caller: Caller, payload: Mapping[str, Any], now: datetime) -> MarkedView:
    """Mark the caller's notifications of the payload's `ids` read, or all of them where `ids` is None.

    Ids of other people's notifications are ignored. Returns the number of unread notifications left.
    """
    read.mark_read(session, caller.person_id, payload["ids"], now)
    return MarkedView(queries.unread_count(session, caller.person_id))


def _view(row: NotificationRow, locale: str) -> NotificationView:
    return NotificationView(
        id=row.id,
        event=row.event,
        text=render(row.event, row.detail, locale),
        ticket_id=row.ticket_id,
        count=row.count,
        detail=row.detail,
        created_at=row.created_at,
        updated_at=row.updated_at,
        read_at=row.read_at,
    )
