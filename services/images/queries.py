"""What the images service asks of the attachments' rows; it writes none."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.db.models import Attachment, AttachmentStatus


def pending(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Those of `ids` whose upload is still to be handled."""
    return set(
        session.scalars(
            select(Attachment.id).where(Attachment.id.in_(ids), Attachment.status == AttachmentStatus.PENDING)
        )
    )
