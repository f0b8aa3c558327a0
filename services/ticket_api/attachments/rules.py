"""Attaching uploads to what they were uploaded for, once; and who may see them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments import queries
from services.ticket_api.attachments.errors import (
    AttachmentNotReady,
    AttachmentRefused,
    AttachmentTied,
    AttachmentUnknown,
    TooManyAttachments,
)
from services.ticket_api.attachments.views import AttachmentView, view
from shared.config.settings import settings
from shared.db.models import Attachment, AttachmentStatus
from shared.errors import NotFound
from shared.http.auth.callers import Caller

ATTACH_ERRORS = (AttachmentRefused, AttachmentTied, AttachmentUnknown, TooManyAttachments)
"""What an endpoint whose payload names attachments may refuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What uploads are attached to: a rating, or a message of a ticket; `internal`: a note of support."""

    store_id: UUID
    rating_id: UUID | None = None
    ticket_id: UUID | None = None
    message_id: UUID | None = None
    internal: bool = False

    def has(self, attachment: Attachment) -> bool:
        """Whether `attachment` is attached here already."""
        if self.rating_id is not None:
            return attachment.rating_id == self.rating_id
        return self.message_id is not None and attachment.message_id == self.message_id


def attach(
    session: Session, caller: Caller, attachment_ids: Sequence[UUID], target: Target, now: datetime
) -> list[Attachment]:
    """Attach uploads of the caller's store to `target`; returns them in the order they were named.

    Naming one that is attached there already changes nothing. Raises `TooManyAttachments`,
    `AttachmentUnknown`, `AttachmentTied`, `AttachmentRefused`; then none was attached.
    """
    ids = list(dict.fromkeys(attachment_ids))
    limit = settings().attachments_per_message
    if len(ids) > limit:
        raise TooManyAttachments(limit=limit)
    if not ids:
        return []
    found = queries.lock(session, ids)
    new = [id_ for id_ in ids if _is_new(found.get(id_), caller, target)]
    _attach(session, [found[id_] for id_ in new], target, now)
    if target.rating_id is not None and queries.count_of_rating(session, target.rating_id) > limit:
        raise TooManyAttachments(limit=limit)
    return [found[id_] for id_ in ids]


def detail(session: Session, caller: Caller, attachment_id: UUID, locale: str) -> AttachmentView:
    """What became of an upload. Raises `NotFound`."""
    return view(_visible(session, caller, attachment_id), locale)


def require_picture(session: Session, caller: Caller, attachment_id: UUID) -> None:
    """Raise `NotFound` or `AttachmentNotReady` where there is no picture that the caller may see."""
    if _visible(session, caller, attachment_id).status is not AttachmentStatus.READY:
        raise AttachmentNotReady


def _visible(session: Session, caller: Caller, attachment_id: UUID) -> Attachment:
    attachment = queries.one(session, caller, attachment_id)
    if attachment is None:
        raise NotFound
    return attachment


def _is_new(attachment: Attachment | None, caller: Caller, target: Target) -> bool:
    """Whether it is to be attached now rather than attached here already. Raises why it may not be."""
    if attachment is None:
        raise AttachmentUnknown
    if target.has(attachment):
        return False
    if caller.store_id is not None and attachment.store_id != caller.store_id:
        raise AttachmentUnknown
    if attachment.tied_at is not None:
        raise AttachmentTied
    if caller.store_id is None and attachment.store_id is not None:
        # A store's unattached upload is the store's; support answers with its own.
        raise AttachmentUnknown
    if attachment.status is AttachmentStatus.REJECTED:
        raise AttachmentRefused
    return True


def _attach(session: Session, attachments: Collection[Attachment], target: Target, now: datetime) -> None:
    for attachment in attachments:
        attachment.store_id = target.store_id
        attachment.rating_id = target.rating_id
        attachment.ticket_id = target.ticket_id
        attachment.message_id = target.message_id
        attachment.internal = target.internal
        attachment.tied_at = now
    session.flush()
