"""Reads the rows of attachments; the images service writes none."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.db.models import Attachment, AttachmentStatus


def pending(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Those of `ids` whose upload is still to be processed."""
    return set(
        session.scalars(
            select(Attachment.id).where(Attachment.id.in_(ids), Attachment.status == AttachmentStatus.PENDING)
        )
    )
