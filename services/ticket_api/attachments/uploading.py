"""Storing an upload: the object first, then its row and its job in one transaction.

A failure in between leaves an object without a row, which the images service deletes; never a row without
its object.
"""

from __future__ import annotations

import os
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments import queries
from services.ticket_api.attachments.errors import AttachmentEmpty, AttachmentSpaceUsed, AttachmentTooLarge
from services.ticket_api.attachments.filenames import display_name
from shared.config.settings import settings
from shared.db.models import Attachment, AttachmentStatus
from shared.http.auth.callers import Caller
from shared.ids import new_id
from shared.messaging.events import AttachmentUploaded
from shared.messaging.outbox.unit_of_work import UnitOfWork
from shared.observability.correlation import current_correlation
from shared.pictures import MEBIBYTE, original_key
from shared.storage import storage


def upload(work: UnitOfWork, caller: Caller, file: IO[bytes], name: str | None, now: datetime) -> Attachment:
    """Store a file and request its pictures; `name` is what its uploader calls it.

    Raises `AttachmentEmpty`, `AttachmentTooLarge`, `AttachmentSpaceUsed`, `StorageAway`.
    """
    size = _checked_size(file)
    _require_space(work.session, caller, size)
    attachment_id = new_id()
    storage().put(original_key(attachment_id), file)
    # Locked and checked again only now, so that no request waits for another one's file to be written.
    queries.lock_owner(work.session, caller)
    _require_space(work.session, caller, size)
    attachment = _row(attachment_id, caller, display_name(name), size, now)
    work.insert(Attachment, [attachment])
    event = AttachmentUploaded(
        attachment_id=attachment_id, store_id=caller.store_id, correlation_id=current_correlation()
    )
    work.publish([event])
    return Attachment(**attachment)


def _checked_size(file: IO[bytes]) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    limit = settings().attachment_max_bytes
    if size == 0:
        raise AttachmentEmpty
    if size > limit:
        raise AttachmentTooLarge(limit=f"{limit / MEBIBYTE:g}")
    return size


def _require_space(session: Session, caller: Caller, size: int) -> None:
    limit = settings().attachment_store_bytes
    if queries.occupied(session, caller) + size > limit:
        raise AttachmentSpaceUsed(limit=f"{limit / MEBIBYTE:g}")


def _row(attachment_id: UUID, caller: Caller, name: str, size: int, now: datetime) -> dict[str, Any]:
    return {
        "id": attachment_id,
        "store_id": caller.store_id,
        "uploaded_by": caller.person_id,
        "name": name,
        "status": AttachmentStatus.PENDING,
        "upload_bytes": size,
        "stored_bytes": size,
        "internal": False,
        "created_at": now,
    }
