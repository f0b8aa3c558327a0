"""Tickets: a conversation between a store and support, and the record of all that happened to it."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Id, by_value
from shared.models.questions import ParkedReason, Verdict


class TicketKind(enum.StrEnum):
    """Whether a ticket came of a rated answer or was written freely."""

    QUESTION = "question"
    GENERIC = "generic"


class TicketStatus(enum.StrEnum):
    """Where a ticket stands; `pending` and `parked` ones hold no unit yet."""

    PENDING = "pending"
    PARKED = "parked"
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"


class TimelineKind(enum.StrEnum):
    """What a line of a ticket's timeline tells of."""

    OPENED = "opened"
    PARKED = "parked"
    RERATED = "rerated"


class TicketCounter(Base):
    """The last ticket number given out in a store."""

    __tablename__ = "ticket_counters"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id"), primary_key=True)
    last_number: Mapped[int]


class Ticket(Base):
    """One ticket. `message_count` numbers its messages; `last_activity_at` orders lists."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("store_id", "number"),
        CheckConstraint("(kind = 'question') = (rating_id IS NOT NULL)", name="question_has_rating"),
        CheckConstraint("(status = 'parked') = (parked_reason IS NOT NULL)", name="parked_has_reason"),
        CheckConstraint("verdict IN ('improvable', 'incorrect')", name="verdict_is_yellow_or_red"),
        Index("ix_tickets_store_id_last_activity_at_id", "store_id", "last_activity_at", "id"),
        Index("ix_tickets_last_activity_at_id", "last_activity_at", "id"),
    )

    id: Mapped[Id]
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id"))
    number: Mapped[int]
    kind: Mapped[TicketKind] = mapped_column(by_value(TicketKind, "kind"))
    verdict: Mapped[Verdict] = mapped_column(by_value(Verdict, "verdict"))
    status: Mapped[TicketStatus] = mapped_column(by_value(TicketStatus, "status"))
    parked_reason: Mapped[ParkedReason | None] = mapped_column(by_value(ParkedReason, "parked_reason"))
    rating_id: Mapped[UUID | None] = mapped_column(ForeignKey("ratings.id"), unique=True)
    question_id: Mapped[UUID | None] = mapped_column(ForeignKey("questions.id"))
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    message_count: Mapped[int]
    created_at: Mapped[datetime]
    last_activity_at: Mapped[datetime]


class Message(Base):
    """What someone wrote in a ticket; `position` counts up from 1 within it."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("ticket_id", "position"),)

    id: Mapped[Id]
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    store_id: Mapped[UUID]
    position: Mapped[int]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    from_support: Mapped[bool]
    internal: Mapped[bool] = mapped_column(server_default=false())
    body: Mapped[str]
    created_at: Mapped[datetime]


class TimelineEntry(Base):
    """One change of a ticket: who, what, when; `detail` holds the old and new values."""

    __tablename__ = "timeline"
    __table_args__ = (Index("ix_timeline_ticket_id_id", "ticket_id", "id"),)

    id: Mapped[Id]
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    store_id: Mapped[UUID]
    kind: Mapped[TimelineKind] = mapped_column(by_value(TimelineKind, "kind"))
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    detail: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
