"""E-mails to people, each with what became of it; and why some were told nothing."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base, Id, by_value


class DeliveryOutcome(enum.StrEnum):
    """What became of a delivery; `waiting` and `sending` ones are not ended yet."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class EmailDelivery(Base):
    """One e-mail to one person; events of the same ticket fold into it until it is first tried.

    `events`: [{event, at, detail}], oldest first. `reason` says why it was dropped or failed. While it is
    `sending`, a worker has it until `claimed_until`. Made set-based like notifications, and like them without
    foreign keys.
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
    outcome: Mapped[DeliveryOutcome] = mapped_column(by_value(DeliveryOutcome, "outcome"))
    reason: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    last_response: Mapped[str | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class NotificationSkip(Base):
    """A person was not told of an event by a channel, because they had turned it off."""

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
    """An e-mail address that a server refused for good; nothing more is sent there until its person asks."""

    __tablename__ = "refused_addresses"

    address: Mapped[str] = mapped_column(primary_key=True)
    response: Mapped[str]
    refused_at: Mapped[datetime]
