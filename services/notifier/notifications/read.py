"""Marks notifications read, and drops the waiting e-mails about the same events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from shared.db.models import DeliveryOutcome, EmailDelivery, Notification

UnreadNotifications = Select[UUID, UUID | None, datetime, dict[str, Any]]


def mark_read(session: Session, person_id: UUID, ids: Sequence[UUID] | None, now: datetime) -> None:
    """Mark a person's notifications read, those of `ids` or all, and drop their waiting e-mails."""
    unread = _unread(person_id)
    if ids is not None:
        unread = unread.where(Notification.id.in_(ids))
    read = unread.subquery()
    _drop_emails(
        session,
        person_id,
        select(read.c.id)
        .where(
            or_(
                read.c.ticket_id == EmailDelivery.ticket_id,
                # Without a ticket: the fan-out wrote both by one statement, so time and detail are equal.
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
    _mark_notifications(session, unread, now)


def mark_ticket_read(session: Session, person_id: UUID, ticket_id: UUID, now: datetime) -> None:
    """Mark a person's notifications of a ticket read, and drop their waiting e-mails about it."""
    _drop_emails(session, person_id, EmailDelivery.ticket_id == ticket_id, now)
    _mark_notifications(session, _unread(person_id).where(Notification.ticket_id == ticket_id), now)


def _unread(person_id: UUID) -> UnreadNotifications:
    return select(
        Notification.id, Notification.ticket_id, Notification.created_at, Notification.detail
    ).where(Notification.person_id == person_id, Notification.read_at.is_(None))


# Both updates lock rows in the fan-out's order, to avoid deadlocks with it: e-mails before notifications, and
# in each table ordered by person and ticket.


def _drop_emails(session: Session, person_id: UUID, condition: ColumnElement[bool], now: datetime) -> None:
    waiting = (
        select(EmailDelivery.id)
        .where(
            EmailDelivery.person_id == person_id, EmailDelivery.outcome == DeliveryOutcome.WAITING, condition
        )
        .order_by(EmailDelivery.ticket_id)
        .with_for_update(key_share=True)
    )
    session.execute(
        update(EmailDelivery)
        .where(EmailDelivery.id.in_(waiting))
        .values(outcome=DeliveryOutcome.DROPPED, reason="read", ended_at=now)
        .execution_options(synchronize_session=False)
    )


def _mark_notifications(session: Session, unread: UnreadNotifications, now: datetime) -> None:
    locked = (
        unread.with_only_columns(Notification.id)
        .order_by(Notification.ticket_id)
        .with_for_update(key_share=True)
    )
    session.execute(
        update(Notification)
        .where(Notification.id.in_(locked))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
