"""What happens to attachments without anybody asking: they become pictures, or they expire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy.orm import Session

from services.ticket_api.attachments import queries
from shared.config.settings import settings
from shared.messaging.events import AttachmentExpired, AttachmentProcessed

MOST = 1_000
"""Uploads forgotten in one run; the next one goes on."""


def settle(session: Session, processed: Sequence[AttachmentProcessed]) -> list[AttachmentExpired]:
    """Note what became of uploads; returns those that expired meanwhile, whose pictures nobody wants."""
    # Locked first: in one order, so that this and tying never deadlock.
    known = queries.lock(session, [event.attachment_id for event in processed])
    queries.settle(session, msgspec.json.encode(processed).decode())
    return [
        AttachmentExpired(
            attachment_id=event.attachment_id, store_id=event.store_id, correlation_id=event.correlation_id
        )
        for event in processed
        if event.attachment_id not in known
    ]


def expire(session: Session, now: datetime) -> list[AttachmentExpired]:
    """Forget uploads that nobody named in time, refuse those that nobody could process in time."""
    before = now - timedelta(hours=settings().attachment_loose_hours)
    gone = queries.expire(session, before, MOST)
    queries.give_up(session, before)
    return [AttachmentExpired(attachment_id=attachment, store_id=store) for attachment, store in gone]
