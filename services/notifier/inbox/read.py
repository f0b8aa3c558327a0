"""Marking notifications read: e-mails about the same thing that still wait are dropped with them."""

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
                # One about no ticket was written by the same statement as its e-mail: same time, same detail.
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
    _mark(session, unread, now)


def mark_ticket_read(session: Session, person_id: UUID, ticket_id: UUID, now: datetime) -> None:
    """Mark a person's notifications of a ticket read, and drop its e-mails that wait to be sent to them."""
    _drop_emails(session, person_id, EmailDelivery.ticket_id == ticket_id, now)
    _mark(session, _unread(person_id).where(Notification.ticket_id == ticket_id), now)


def _unread(person_id: UUID) -> UnreadNotifications:
    return select(
        Notification.id, Notification.ticket_id, Notification.created_at, Notification.detail
    ).where(Notification.person_id == person_id, Notification.read_at.is_(None))


# The fan-out writes e-mails first and notifications after them, person by person and ticket by ticket. Both
# updates lock rows in the same order, so that none of them deadlocks.


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


def _mark(session: Session, unread: UnreadNotifications, now: datetime) -> None:
    locked = unread.with_only_columns(Notification.id).order_by(Notification.ticket_id).with_for_update()
    session.execute(
        update(Notification)
        .where(Notification.id.in_(locked))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
