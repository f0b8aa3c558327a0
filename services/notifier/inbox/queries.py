"""Reads a person's notifications."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from shared.db.models import Notification
from shared.http.pagination import Position


def page(
    session: Session, person_id: UUID, unread: bool | None, after: Position | None, limit: int
) -> Sequence[Notification]:
    """At most `limit` notifications of a person, latest first, starting after the position `after`."""
    statement = (
        select(Notification)
        .where(Notification.person_id == person_id)
        .order_by(Notification.updated_at.desc(), Notification.id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(tuple_(Notification.updated_at, Notification.id) < (after.at, after.id))
    if unread is not None:
        statement = statement.where(
            Notification.read_at.is_(None) if unread else Notification.read_at.is_not(None)
        )
    return session.scalars(statement).all()


def unread_count(session: Session, person_id: UUID) -> int:
    """The number of a person's unread notifications."""
    count = session.scalar(
        select(func.count()).where(Notification.person_id == person_id, Notification.read_at.is_(None))
    )
    return count or 0
