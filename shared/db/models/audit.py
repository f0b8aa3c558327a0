"""The audit log of what operators did: one row per change, inserted and never updated."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base, Id


class AuditEntry(Base):
    """`actor` did `action` to `affected` things, whose ids are `subjects`; written in the same transaction.

    A trigger refuses updates and deletions, except those of `shared.db.audit`: deleting old rows, and
    removing an erased store from its rows. It holds no name or address of a person but the operator's.
    """

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_created_at_id", "created_at", "id"),)

    id: Mapped[Id]
    actor: Mapped[str]
    action: Mapped[str]
    store_id: Mapped[UUID | None]
    affected: Mapped[int]
    subjects: Mapped[list[str]] = mapped_column(ARRAY(Text))
    detail: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
