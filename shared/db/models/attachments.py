"""Attachments: pictures that are uploaded first and then attached to one message, rating or ticket."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base, Id, enum_column_type
from shared.pictures import Refusal


class AttachmentStatus(enum.StrEnum):
    """State of an upload: not processed yet, ready to be shown, or refused."""

    PENDING = "pending"
    READY = "ready"
    REJECTED = "rejected"


class Attachment(Base):
    """One upload; the keys of its stored objects derive from its id (`shared.pictures`).

    Until it is attached (`tied_at` empty) it belongs to its uploader, afterwards to the store of what it is
    attached to. Support has no store, so its unattached uploads have none. `internal`: attached to a note,
    which no store sees. `stored_bytes` is its present size: of the upload, then of all variants, 0 if
    refused.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("(status = 'rejected') = (reason IS NOT NULL)", name="rejected_has_reason"),
        CheckConstraint(
            "status <> 'ready' OR num_nulls(width, height, frames, total_frames) = 0", name="ready_has_size"
        ),
        CheckConstraint(
            "(tied_at IS NULL) = (num_nonnulls(rating_id, ticket_id, message_id) = 0)",
            name="tied_to_something",
        ),
        CheckConstraint("tied_at IS NULL OR store_id IS NOT NULL", name="tied_has_store"),
        CheckConstraint("message_id IS NULL OR ticket_id IS NOT NULL", name="message_has_ticket"),
        CheckConstraint("stored_bytes >= 0", name="bytes_not_negative"),
        Index("ix_attachments_message_id", "message_id", postgresql_where=text("message_id IS NOT NULL")),
        Index("ix_attachments_ticket_id", "ticket_id", postgresql_where=text("ticket_id IS NOT NULL")),
        Index("ix_attachments_rating_id", "rating_id", postgresql_where=text("rating_id IS NOT NULL")),
        Index("ix_attachments_loose", "created_at", postgresql_where=text("tied_at IS NULL")),
        Index("ix_attachments_pending", "created_at", postgresql_where=text("status = 'pending'")),
        # The sum of a store's bytes is read from the index alone.
        Index("ix_attachments_store_id", "store_id", postgresql_include=["stored_bytes"]),
        Index("ix_attachments_uploaded_by", "uploaded_by"),
    )

    id: Mapped[Id]
    store_id: Mapped[UUID | None] = mapped_column(ForeignKey("stores.id"))
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    status: Mapped[AttachmentStatus] = mapped_column(enum_column_type(AttachmentStatus, "status"))
    reason: Mapped[Refusal | None] = mapped_column(enum_column_type(Refusal, "reason"))
    upload_bytes: Mapped[int]
    stored_bytes: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    frames: Mapped[int | None]
    total_frames: Mapped[int | None]
    rating_id: Mapped[UUID | None] = mapped_column(ForeignKey("ratings.id"))
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id"))
    message_id: Mapped[UUID | None] = mapped_column(ForeignKey("messages.id"))
    internal: Mapped[bool] = mapped_column(server_default=false())
    tied_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
