"""In-app notifications."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped

from shared.db.models.base import Base, Id


class Notification(Base):
    """One notification of one person. Unread ones about the same ticket are one row; `count` is their number.

    No foreign keys: person and ticket come from rows that the inserting statement reads, and neither is
    deleted without its notifications; checking them again would double the cost of notifying many people and
    wait for the ticket's lock. The unique index also holds rows without a ticket, which never conflict, so
    that unread notifications can be counted by it.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint("count >= 1", name="counts_something"),
        Index(
            "uq_notifications_unread_per_ticket",
            "person_id",
            "ticket_id",
            unique=True,
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("ix_notifications_person_id_updated_at_id", "person_id", "updated_at", "id"),
        Index("ix_notifications_ticket_id", "ticket_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    store_id: Mapped[UUID]
    ticket_id: Mapped[UUID | None]
    event: Mapped[str]
    count: Mapped[int]
    detail: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
