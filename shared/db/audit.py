"""Writing down what an operator did, in the transaction that does it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.clock import now
from shared.db.bulk_insert import insert_rows
from shared.db.models import AuditEntry
from shared.ids import new_id

_ALLOW = text("SELECT set_config('app.audit_upkeep', 'on', true)")
_FORGET = text("""
    DELETE FROM audit_log WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM audit_log WHERE created_at < :before ORDER BY created_at LIMIT :most
    ))
""")
_FORGET_STORE = text("""
    UPDATE audit_log SET store_id = NULL, detail = detail - ARRAY['key', 'reason'] WHERE store_id = :store
""")


def record(
    session: Session,
    actor: str,
    action: str,
    subjects: Collection[object],
    *,
    store_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note that `actor` did `action` to `subjects` (ids), committed or rolled back with the deed."""
    entry = {
        "id": new_id(),
        "actor": actor,
        "action": action,
        "store_id": store_id,
        "affected": len(subjects),
        "subjects": [str(subject) for subject in subjects],
        "detail": dict(detail or {}),
        "created_at": now(),
    }
    insert_rows(session, AuditEntry, [entry])


def forget(session: Session, before: datetime, most: int) -> int:
    """Remove up to `most` entries older than `before`; how many they were."""
    session.execute(_ALLOW)
    done = session.execute(_FORGET, {"before": before, "most": most})
    return done.rowcount  # type: ignore[attr-defined, no-any-return] # a DELETE always gives a CursorResult


def forget_store(session: Session, store_id: UUID) -> None:
    """Let no entry name an erased store, nor hold what an operator wrote of it."""
    session.execute(_ALLOW)
    session.execute(_FORGET_STORE, {"store": store_id})
