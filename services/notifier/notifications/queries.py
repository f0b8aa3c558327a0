"""Reads a person's notifications."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from shared.db.models import Notification
from shared.db.rows import columns_of, read_as
from shared.http.pagination import Position


class NotificationRow(msgspec.Struct, frozen=True):
    """A notification; its text is made of the event and its detail."""

    id: UUID
    event: str
    ticket_id: UUID | None
    count: int
    detail: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    read_at: datetime | None


def page(
    session: Session, person_id: UUID, unread: bool | None, after: Position | None, limit: int
) -> list[NotificationRow]:
    """At most `limit` notifications of a person, latest first, starting after the position `after`."""
    statement = (
        select(*columns_of(Notification, NotificationRow))
        .where(Notification.person_id == person_id)
        .order_by(Notification.updated_at.desc(), Notification.id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(
            tuple_(Notification.updated_at, Notification.id) < (after.sort_value, after.id)
        )
    if unread is not None:
        statement = statement.where(
            Notification.read_at.is_(None) if unread else Notification.read_at.is_not(None)
        )
    return read_as(NotificationRow, session.connection().execute(statement))


def unread_count(session: Session, person_id: UUID) -> int:
    """The number of a person's unread notifications."""
    count = session.scalar(
        select(func.count()).where(Notification.person_id == person_id, Notification.read_at.is_(None))
    )
    return count or 0
