"""Attachments as people see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments import queries
from services.ticket_api.attachments.refusal_texts import explain
from shared.db.models import Attachment, AttachmentStatus
from shared.pictures import Variant

View = dict[str, Any]


def view(attachment: Attachment, locale: str) -> View:
    """One attachment, with the addresses of its pictures once they are made; explained in `locale`."""
    ready = attachment.status is AttachmentStatus.READY
    reason = attachment.reason
    return {
        "id": attachment.id,
        "name": attachment.name,
        "status": attachment.status,
        "reason": reason,
        "explanation": None if reason is None else explain(reason, locale),
        "width": attachment.width,
        "height": attachment.height,
        "frames": attachment.frames,
        "total_frames": attachment.total_frames,
        "created_at": attachment.created_at,
        **{variant.value: address(attachment.id, variant) if ready else None for variant in Variant},
    }


def views_of(session: Session, message_ids: Collection[UUID], locale: str) -> dict[UUID, list[View]]:
    """The attachments of each message of a list, by one statement; messages without any are left out.

    For messages that the reader may see: nothing more is checked here.
    """
    rows = queries.of_messages(session, message_ids) if message_ids else []
    return _grouped(((row.message_id, row) for row in rows), locale)


def views_of_ratings(session: Session, rating_ids: Collection[UUID], locale: str) -> dict[UUID, list[View]]:
    """The same for ratings."""
    rows = queries.of_ratings(session, rating_ids) if rating_ids else []
    return _grouped(((row.rating_id, row) for row in rows), locale)


def _grouped(rows: Iterable[tuple[UUID | None, Attachment]], locale: str) -> dict[UUID, list[View]]:
    together: defaultdict[UUID, list[View]] = defaultdict(list)
    for key, row in rows:
        if key is not None:
            together[key].append(view(row, locale))
    return dict(together)


def address(attachment_id: UUID, variant: Variant) -> str:
    """Where a picture is served."""
    return f"/v1/attachments/{attachment_id}/{variant}"
