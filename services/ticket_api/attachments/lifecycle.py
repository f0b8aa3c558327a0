"""What happens to uploads after their request: they become pictures, or they expire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy.orm import Session

from services.ticket_api.attachments import queries
from shared.config.settings import settings
from shared.messaging.events import AttachmentDeleted, AttachmentProcessed

MOST = 1_000
"""Uploads deleted by one run; the next run goes on."""


def apply_results(session: Session, processed: Sequence[AttachmentProcessed]) -> list[AttachmentDeleted]:
    """Record the results of processing uploads; returns the uploads that expired meanwhile.

    Nobody refers to the pictures of those, so that their files are to be deleted.
    """
    # Locked first, in one order, so that this and attaching never deadlock.
    known = queries.lock(session, [event.attachment_id for event in processed])
    queries.apply_results(session, msgspec.json.encode(processed).decode())
    return [
        AttachmentDeleted(
            attachment_id=event.attachment_id, store_id=event.store_id, correlation_id=event.correlation_id
        )
        for event in processed
        if event.attachment_id not in known
    ]


def expire(session: Session, now: datetime) -> list[AttachmentDeleted]:
    """Delete uploads that nobody attached in time, reject those that were not processed in time."""
    before = now - timedelta(hours=settings().attachment_loose_hours)
    expired = queries.expire(session, before, MOST)
    queries.reject_unprocessed(session, before)
    return [AttachmentDeleted(attachment_id=attachment, store_id=store) for attachment, store in expired]
