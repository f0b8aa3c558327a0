"""Attachments as people see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from services.ticket_api.attachments import queries
from services.ticket_api.attachments.refusal_texts import explain
from shared.db.models import Attachment, AttachmentStatus
from shared.pictures import Refusal, Variant


class AttachmentView(msgspec.Struct, frozen=True, kw_only=True):
    """An upload and what became of it; `thumb` and `full` are addresses, once the pictures are made."""

    id: UUID
    name: str
    status: AttachmentStatus
    reason: Refusal | None
    explanation: str | None
    width: int | None
    height: int | None
    frames: int | None
    total_frames: int | None
    thumb: str | None
    full: str | None
    created_at: datetime


def view(attachment: Attachment, locale: str) -> AttachmentView:
    """One attachment; why it was rejected is explained in the language `locale`."""
    ready = attachment.status is AttachmentStatus.READY
    reason = attachment.reason
    return AttachmentView(
        id=attachment.id,
        name=attachment.name,
        status=attachment.status,
        reason=reason,
        explanation=None if reason is None else explain(reason, locale),
        width=attachment.width,
        height=attachment.height,
        frames=attachment.frames,
        total_frames=attachment.total_frames,
        thumb=address(attachment.id, Variant.THUMB) if ready else None,
        full=address(attachment.id, Variant.FULL) if ready else None,
        created_at=attachment.created_at,
    )


def views_of_messages(
    session: Session, message_ids: Collection[UUID], locale: str
) -> dict[UUID, list[AttachmentView]]:
    """The attachments of each of these messages, by one statement; messages without any are left out.

    The caller makes sure that the reader may see the messages.
    """
    rows = queries.of_messages(session, message_ids) if message_ids else []
    return _grouped(((row.message_id, row) for row in rows), locale)


def views_of_ratings(
    session: Session, rating_ids: Collection[UUID], locale: str
) -> dict[UUID, list[AttachmentView]]:
    """The same for ratings."""
    rows = queries.of_ratings(session, rating_ids) if rating_ids else []
    return _grouped(((row.rating_id, row) for row in rows), locale)


def _grouped(rows: Iterable[tuple[UUID | None, Attachment]], locale: str) -> dict[UUID, list[AttachmentView]]:
    groups: defaultdict[UUID, list[AttachmentView]] = defaultdict(list)
    for key, row in rows:
        if key is not None:
            groups[key].append(view(row, locale))
    return dict(groups)


def address(attachment_id: UUID, variant: Variant) -> str:
    """The path a picture is served at."""
    return f"/v1/attachments/{attachment_id}/{variant}"
