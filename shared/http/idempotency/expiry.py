"""Deletes old answers stored under idempotency keys; knows nothing of HTTP, so that a worker may do it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.config.settings import settings

BATCH = 10_000

_FORGET = text("""
    DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM idempotency_keys WHERE created_at < :before LIMIT :batch FOR UPDATE SKIP LOCKED
    ))
""")


def forget(session: Session, now: datetime) -> int:
    """Forget up to `BATCH` answers older than the setting allows; how many were forgotten."""
    before = now - timedelta(hours=settings().idempotency_hours)
    done = session.execute(_FORGET, {"before": before, "batch": BATCH})
    forgotten: int = done.rowcount  # type: ignore[attr-defined] # a DELETE always gives a CursorResult
    return forgotten
