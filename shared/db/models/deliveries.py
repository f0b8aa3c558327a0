"""E-mails to people with their outcome, events that were not sent to a person, and refused addresses."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base, Id, enum_column_type


class DeliveryOutcome(enum.StrEnum):
    """Outcome of a delivery; `waiting` and `sending` ones have not ended yet."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class EmailDelivery(Base):
    """One e-mail to one person; further events of the same ticket join it until the first attempt to send it.

    `events`: [{event, at, detail}], oldest first. `reason` says why it was dropped or failed. While it is
    `sending`, it belongs to a worker until `claimed_until`. Like notifications, the rows are inserted for
    many people at once and have no foreign keys.
    """

    __tablename__ = "email_deliveries"
    __table_args__ = (
        Index(
            "uq_email_deliveries_to_fold_into",
            "person_id",
            "ticket_id",
            unique=True,
            postgresql_where=text("outcome = 'waiting' AND attempts = 0"),
        ),
        Index("ix_email_deliveries_waiting", "person_id", postgresql_where=text("outcome = 'waiting'")),
        Index("ix_email_deliveries_ticket_id", "ticket_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    store_id: Mapped[UUID]
    ticket_id: Mapped[UUID | None]
    events: Mapped[list[dict[str, Any]]]
    folds: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    outcome: Mapped[DeliveryOutcome] = mapped_column(enum_column_type(DeliveryOutcome, "outcome"))
    reason: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    last_response: Mapped[str | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class NotificationSkip(Base):
    """An event was not sent to a person by a channel that the person had switched off."""

    __tablename__ = "notification_skips"
    __table_args__ = (Index("ix_notification_skips_ticket_id", "ticket_id"),)

    id: Mapped[Id]
    person_id: Mapped[UUID]
    store_id: Mapped[UUID]
    ticket_id: Mapped[UUID | None]
    event: Mapped[str]
    channel: Mapped[str]
    created_at: Mapped[datetime]


class RefusedAddress(Base):
    """An e-mail address that a server refused permanently; nothing is sent there until its person asks."""

    __tablename__ = "refused_addresses"

    address: Mapped[str] = mapped_column(primary_key=True)
    response: Mapped[str]
    refused_at: Mapped[datetime]
