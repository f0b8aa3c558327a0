"""Buyers' questions with their generated answers, and the stores' ratings of those answers."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base, Id, enum_column_type


class Origin(enum.StrEnum):
    """The module that shows a question: Histórico, Test or Pendientes."""

    HISTORY = "history"
    TEST = "test"
    PENDING = "pending"


class Verdict(enum.StrEnum):
    """The store's verdict on an answer; shown as green, yellow or red."""

    CORRECT = "correct"
    IMPROVABLE = "improvable"
    INCORRECT = "incorrect"


class Outcome(enum.StrEnum):
    """Outcome of a rating's request for a ticket; `none`: a correct answer requests none."""

    NONE = "none"
    PENDING = "pending"
    TICKETED = "ticketed"
    PARKED = "parked"


class ParkedReason(enum.StrEnum):
    """Why a rating or a generic ticket got no unit."""

    PLAN_WITHOUT_TICKETS = "plan_without_tickets"
    QUOTA_EXHAUSTED = "quota_exhausted"


class Question(Base):
    """One question and its answer, recorded by the answering service under its own id."""

    __tablename__ = "questions"
    __table_args__ = (
        Index("ix_questions_store_id_origin_asked_at_id", "store_id", "origin", "asked_at", "id"),
    )

    id: Mapped[Id]
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id"))
    origin: Mapped[Origin] = mapped_column(enum_column_type(Origin, "origin"))
    product: Mapped[str | None]
    text: Mapped[str]
    answer: Mapped[str]
    model: Mapped[str | None]
    sources: Mapped[list[dict[str, Any]]]
    asked_at: Mapped[datetime]
    recorded_at: Mapped[datetime]


class Rating(Base):
    """The current rating of a question, with a copy of the answer as it was rated."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("(outcome = 'parked') = (parked_reason IS NOT NULL)", name="parked_has_reason"),
    )

    id: Mapped[Id]
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id"))
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id"), unique=True)
    verdict: Mapped[Verdict] = mapped_column(enum_column_type(Verdict, "verdict"))
    comment: Mapped[str]
    rated_answer: Mapped[str]
    rated_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[Outcome] = mapped_column(enum_column_type(Outcome, "outcome"))
    parked_reason: Mapped[ParkedReason | None] = mapped_column(
        enum_column_type(ParkedReason, "parked_reason")
    )
    rated_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ProcessedRatingMessage(Base):
    """A processed `ratings.record` message: its id is stored so that a repeated message has no effect."""

    __tablename__ = "rating_messages"

    id: Mapped[Id]
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    received_at: Mapped[datetime]
