"""Units of a store's plan: one row per period, and a ledger of all movements of units."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base, Id, enum_column_type


class LedgerKind(enum.StrEnum):
    """Kind of a movement of units."""

    GRANT = "grant"
    CONSUME = "consume"
    REFUND = "refund"
    ADJUST = "adjust"


class QuotaPeriod(Base):
    """A store's quota for one period; without `unit_limit` there is no limit.

    `announced_percent` is the highest threshold (80, 100) that was published, so that each is published once;
    a raised limit sets it back.
    """

    __tablename__ = "quota_periods"
    __table_args__ = (
        UniqueConstraint("store_id", "starts_at"),
        CheckConstraint("used BETWEEN 0 AND unit_limit", name="used_within_limit"),
        CheckConstraint("used >= 0", name="used_not_negative"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
    )

    id: Mapped[Id]
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    unit_limit: Mapped[int | None]
    used: Mapped[int] = mapped_column(server_default="0")
    announced_percent: Mapped[int] = mapped_column(server_default="0")


class LedgerEntry(Base):
    """One movement of units, never updated; a subject has at most one of each kind.

    `subject_id` is the rating or ticket of a `consume` or `refund`, the period of its own `grant`, the
    operator's key of a further `grant`, and an id made of the period and its new limit for an `adjust`.
    `units` is empty for an adjustment that removed the limit.
    """

    __tablename__ = "quota_ledger"
    __table_args__ = (
        UniqueConstraint("subject_id", "kind"),
        CheckConstraint("units IS NOT NULL OR kind = 'adjust'", name="units_known"),
        Index("ix_quota_ledger_store_id_created_at_id", "store_id", "created_at", "id"),
    )

    id: Mapped[Id]
    store_id: Mapped[UUID]
    period_id: Mapped[UUID] = mapped_column(ForeignKey("quota_periods.id"))
    kind: Mapped[LedgerKind] = mapped_column(enum_column_type(LedgerKind, "kind"))
    units: Mapped[int | None]
    subject_id: Mapped[UUID]
    created_at: Mapped[datetime]
