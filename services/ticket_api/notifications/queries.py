"""Reading a person's notifications and marking them read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_, update
from sqlalchemy.orm import Session

from services.ticket_api.pagination import Position
from shared.models import Notification


def page(
    session: Session, person_id: UUID, unread: bool | None, after: Position | None, limit: int
) -> Sequence[Notification]:
    """A person's notifications, latest first, after `after`; at most `limit`."""
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
    """How many a person has not read."""
    counted = session.scalar(
        select(func.count()).where(Notification.person_id == person_id, Notification.read_at.is_(None))
    )
    return counted or 0


def mark_read(session: Session, person_id: UUID, ids: Sequence[UUID] | None, now: datetime) -> None:
    """Mark a person's notifications read: those of `ids`, or all."""
    wanted = _unread(person_id)
    _mark(session, wanted if ids is None else wanted.where(Notification.id.in_(ids)), now)


def mark_ticket_read(session: Session, person_id: UUID, ticket_id: UUID, now: datetime) -> None:
    """Mark read what a person was told of a ticket that they have read now."""
    _mark(session, _unread(person_id).where(Notification.ticket_id == ticket_id), now)


def _unread(person_id: UUID) -> Select[UUID]:
    return select(Notification.id).where(Notification.person_id == person_id, Notification.read_at.is_(None))


def _mark(session: Session, wanted: Select[UUID], now: datetime) -> None:
    # Locked in the order in which telling locks them, so that neither waits for the other in a circle.
    locked = wanted.order_by(Notification.ticket_id).with_for_update()
    session.execute(
        update(Notification)
        .where(Notification.id.in_(locked))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
