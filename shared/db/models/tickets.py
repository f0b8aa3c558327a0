"""Tickets: conversations between a store and support, with the timeline of their changes."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base, Id, enum_column_type
from shared.db.models.questions import ParkedReason, Verdict


class TicketKind(enum.StrEnum):
    """Whether a ticket came from a rated answer or is a generic one."""

    QUESTION = "question"
    GENERIC = "generic"


class TicketStatus(enum.StrEnum):
    """A ticket's status; `pending` and `parked` tickets hold no unit yet."""

    PENDING = "pending"
    PARKED = "parked"
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"


class TimelineKind(enum.StrEnum):
    """The kind of change that a timeline entry records."""

    REQUESTED = "requested"
    OPENED = "opened"
    PARKED = "parked"
    PROMOTED = "promoted"
    RERATED = "rerated"
    REPLIED = "replied"
    NOTED = "noted"
    STATUS = "status"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


class TicketCounter(Base):
    """The last ticket number used in a store."""

    __tablename__ = "ticket_counters"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id"), primary_key=True)
    last_number: Mapped[int]


class Ticket(Base):
    """A ticket.

    Position 1 of its conversation is the opening, even if it has no message. `last_position` is that of the
    newest message, `public_position` that of the newest one the store may read. `version` counts changes, for
    If-Match; lists are ordered by `last_activity_at`.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("store_id", "number"),
        CheckConstraint("(kind = 'question') = (rating_id IS NOT NULL)", name="question_has_rating"),
        CheckConstraint("(status = 'parked') = (parked_reason IS NOT NULL)", name="parked_has_reason"),
        CheckConstraint("verdict IN ('improvable', 'incorrect')", name="verdict_is_yellow_or_red"),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_has_time"),
        CheckConstraint("public_position BETWEEN 1 AND last_position", name="positions_in_order"),
        Index("ix_tickets_store_id_last_activity_at_id", "store_id", "last_activity_at", "id"),
        Index("ix_tickets_last_activity_at_id", "last_activity_at", "id"),
        Index(
            "ix_tickets_store_id_status_last_activity_at_id", "store_id", "status", "last_activity_at", "id"
        ),
        # With the store, which row security reads: it is then in the index too.
        Index(
            "ix_tickets_status_last_activity_at_id",
            "status",
            "last_activity_at",
            "id",
            postgresql_include=["store_id"],
        ),
        Index(
            "ix_tickets_assignee_id_status_last_activity_at_id",
            "assignee_id",
            "status",
            "last_activity_at",
            "id",
            postgresql_where=text("assignee_id IS NOT NULL"),
            postgresql_include=["store_id"],
        ),
        Index("ix_tickets_number_id", "number", "id"),
        Index("ix_tickets_question_id", "question_id", postgresql_where=text("question_id IS NOT NULL")),
    )

    id: Mapped[Id]
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id"))
    number: Mapped[int]
    kind: Mapped[TicketKind] = mapped_column(enum_column_type(TicketKind, "kind"))
    verdict: Mapped[Verdict] = mapped_column(enum_column_type(Verdict, "verdict"))
    status: Mapped[TicketStatus] = mapped_column(enum_column_type(TicketStatus, "status"))
    parked_reason: Mapped[ParkedReason | None] = mapped_column(
        enum_column_type(ParkedReason, "parked_reason")
    )
    rating_id: Mapped[UUID | None] = mapped_column(ForeignKey("ratings.id"), unique=True)
    question_id: Mapped[UUID | None] = mapped_column(ForeignKey("questions.id"))
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    last_position: Mapped[int] = mapped_column(server_default="1")
    public_position: Mapped[int] = mapped_column(server_default="1")
    version: Mapped[int] = mapped_column(server_default="1")
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    cause: Mapped[str | None] = mapped_column(ForeignKey("causes.code"))
    resolution: Mapped[str | None]
    created_at: Mapped[datetime]
    last_activity_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Message(Base):
    """A message in a ticket; `internal` ones are support's notes, which no store sees."""

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
    """One change of a ticket: by whom, what and when; `detail` has the old and new values.

    Only support sees `internal` entries.
    """

    __tablename__ = "timeline"
    __table_args__ = (Index("ix_timeline_ticket_id_id", "ticket_id", "id"),)

    id: Mapped[Id]
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    store_id: Mapped[UUID]
    kind: Mapped[TimelineKind] = mapped_column(enum_column_type(TimelineKind, "kind"))
    internal: Mapped[bool] = mapped_column(server_default=false())
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    detail: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class TicketRead(Base):
    """How far a person has read a ticket. The person who opened it has read position 1 without a row."""

    __tablename__ = "ticket_reads"
    __table_args__ = (Index("ix_ticket_reads_ticket_id", "ticket_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    store_id: Mapped[UUID]
    position: Mapped[int]


class Cause(Base):
    """Why an answer was wrong, which support chooses on closing; `refunds`: closing gives the unit back."""

    __tablename__ = "causes"

    code: Mapped[str] = mapped_column(primary_key=True)
    name_es: Mapped[str]
    name_en: Mapped[str]
    refunds: Mapped[bool]
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(server_default=true())


class CannedReply(Base):
    """A canned reply of support."""

    __tablename__ = "canned_replies"

    id: Mapped[Id]
    title: Mapped[str]
    body: Mapped[str]
    updated_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    updated_at: Mapped[datetime]
