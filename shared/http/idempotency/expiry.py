"""Deleting old responses of idempotency keys; knows nothing of HTTP, so that a worker may do it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.config.settings import settings

BATCH = 10_000

_DELETE = text("""
    DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM idempotency_keys WHERE created_at < :before LIMIT :batch FOR UPDATE SKIP LOCKED
    ))
""")


def delete_expired_responses(session: Session, now: datetime) -> int:
    """Delete up to `BATCH` responses older than the setting allows; returns how many were deleted."""
    before = now - timedelta(hours=settings().idempotency_hours)
    done = session.execute(_DELETE, {"before": before, "batch": BATCH})
    deleted: int = done.rowcount  # type: ignore[attr-defined] # a DELETE always gives a CursorResult
    return deleted
