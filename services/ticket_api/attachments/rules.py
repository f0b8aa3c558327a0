"""Tying uploads to what they were uploaded for, once; and who may look at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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
from services.ticket_api.attachments.views import view
from shared.config.settings import settings
from shared.db.models import Attachment, AttachmentStatus
from shared.errors import NotFound
from shared.http.auth.callers import Caller

TYING = (AttachmentRefused, AttachmentTied, AttachmentUnknown, TooManyAttachments)
"""What an endpoint whose call names attachments may refuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What attachments are tied to: a rating, or a message of a ticket; `internal`: a note of support."""

    store_id: UUID
    rating_id: UUID | None = None
    ticket_id: UUID | None = None
    message_id: UUID | None = None
    internal: bool = False

    def holds(self, attachment: Attachment) -> bool:
        """Whether it is tied here already."""
        if self.rating_id is not None:
            return attachment.rating_id == self.rating_id
        return self.message_id is not None and attachment.message_id == self.message_id


def tie(
    session: Session, caller: Caller, attachment_ids: Sequence[UUID], target: Target, now: datetime
) -> list[Attachment]:
    """Tie uploads of the caller's store to `target`; returns them in the order they were named.

    Naming one that is tied there already changes nothing. Raises `TooManyAttachments`,
    `AttachmentUnknown`, `AttachmentTied`, `AttachmentRefused`; then none was tied.
    """
    wanted = list(dict.fromkeys(attachment_ids))
    limit = settings().attachments_per_message
    if len(wanted) > limit:
        raise TooManyAttachments(limit=limit)
    if not wanted:
        return []
    found = queries.lock(session, wanted)
    loose = [_admitted(found.get(attachment_id), caller, target) for attachment_id in wanted]
    _attach([attachment for attachment in loose if attachment is not None], target, now)
    session.flush()
    if target.rating_id is not None and queries.count_of_rating(session, target.rating_id) > limit:
        raise TooManyAttachments(limit=limit)
    return [found[attachment_id] for attachment_id in wanted]


def detail(session: Session, caller: Caller, attachment_id: UUID, locale: str) -> dict[str, Any]:
    """What became of an upload. Raises `NotFound`."""
    return view(_found(session, caller, attachment_id), locale)


def require_picture(session: Session, caller: Caller, attachment_id: UUID) -> None:
    """Make sure that there is a picture the caller may look at. Raises `NotFound`, `AttachmentNotReady`."""
    if _found(session, caller, attachment_id).status is not AttachmentStatus.READY:
        raise AttachmentNotReady


def _found(session: Session, caller: Caller, attachment_id: UUID) -> Attachment:
    attachment = queries.one(session, caller, attachment_id)
    if attachment is None:
        raise NotFound
    return attachment


def _admitted(attachment: Attachment | None, caller: Caller, target: Target) -> Attachment | None:
    """The attachment if it is to be tied now, None if it is tied here already; else raises why not."""
    if attachment is None:
        raise AttachmentUnknown
    if target.holds(attachment):
        return None
    if caller.store_id is not None and attachment.store_id != caller.store_id:
        raise AttachmentUnknown
    if attachment.tied_at is not None:
        raise AttachmentTied
    if caller.store_id is None and attachment.store_id is not None:
        # A store's loose upload is the store's; support answers with its own.
        raise AttachmentUnknown
    if attachment.status is AttachmentStatus.REJECTED:
        raise AttachmentRefused
    return attachment


def _attach(attachments: Iterable[Attachment], target: Target, now: datetime) -> None:
    for attachment in attachments:
        attachment.store_id = target.store_id
        attachment.rating_id = target.rating_id
        attachment.ticket_id = target.ticket_id
        attachment.message_id = target.message_id
        attachment.internal = target.internal
        attachment.tied_at = now
