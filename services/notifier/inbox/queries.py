"""Reading a person's notifications and marking them read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from shared.db.models import DeliveryOutcome, EmailDelivery, Notification
from shared.http.pagination import Position

UnreadLines = Select[UUID, UUID | None, datetime, dict[str, Any]]


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
    """Mark a person's notifications read, those of `ids` or all; their e-mails need not be sent any more."""
    wanted = _unread(person_id)
    if ids is not None:
        wanted = wanted.where(Notification.id.in_(ids))
    read = wanted.subquery()
    _drop_emails(
        session,
        person_id,
        select(read.c.id)
        .where(
            or_(
                read.c.ticket_id == EmailDelivery.ticket_id,
                # What is about no ticket was told in one statement: both are of one moment and say the same.
                and_(
                    EmailDelivery.ticket_id.is_(None),
                    read.c.created_at == EmailDelivery.created_at,
                    read.c.detail == EmailDelivery.events[0]["detail"],
                ),
            )
        )
        .exists(),
        now,
    )
    _mark(session, wanted, now)


def mark_ticket_read(session: Session, person_id: UUID, ticket_id: UUID, now: datetime) -> None:
    """Mark read what a person was told of a ticket that they have read now, or still was to be told."""
    _drop_emails(session, person_id, EmailDelivery.ticket_id == ticket_id, now)
    _mark(session, _unread(person_id).where(Notification.ticket_id == ticket_id), now)


def _unread(person_id: UUID) -> UnreadLines:
    return select(
        Notification.id, Notification.ticket_id, Notification.created_at, Notification.detail
    ).where(Notification.person_id == person_id, Notification.read_at.is_(None))


# Telling writes e-mails first and lines after them, person by person and ticket by ticket: whoever locks in
# another order than that may wait for it in a circle.


def _drop_emails(session: Session, person_id: UUID, which: ColumnElement[bool], now: datetime) -> None:
    waiting = (
        select(EmailDelivery.id)
        .where(EmailDelivery.person_id == person_id, EmailDelivery.outcome == DeliveryOutcome.WAITING, which)
        .order_by(EmailDelivery.ticket_id)
        .with_for_update()
    )
    session.execute(
        update(EmailDelivery)
        .where(EmailDelivery.id.in_(waiting))
        .values(outcome=DeliveryOutcome.DROPPED, reason="read", ended_at=now)
        .execution_options(synchronize_session=False)
    )


def _mark(session: Session, wanted: UnreadLines, now: datetime) -> None:
    locked = wanted.with_only_columns(Notification.id).order_by(Notification.ticket_id).with_for_update()
    session.execute(
        update(Notification)
        .where(Notification.id.in_(locked))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
