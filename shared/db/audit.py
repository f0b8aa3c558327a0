"""The audit log: records what operators do, in the transaction that does it."""

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

_ALLOW_CHANGES = text("SELECT set_config('app.audit_upkeep', 'on', true)")
_DELETE_OLD = text("""
    DELETE FROM audit_log WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM audit_log WHERE created_at < :before ORDER BY created_at LIMIT :most
    ))
""")
_ANONYMISE_STORE = text("""
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
    """Record that `actor` did `action` to `subjects` (ids), in the transaction of `session`."""
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


def delete_old(session: Session, before: datetime, most: int) -> int:
    """Delete up to `most` entries older than `before`; returns their number."""
    session.execute(_ALLOW_CHANGES)
    deleted = session.execute(_DELETE_OLD, {"before": before, "most": most})
    return deleted.rowcount  # type: ignore[attr-defined, no-any-return] # a DELETE always gives a CursorResult


def anonymise_store(session: Session, store_id: UUID) -> None:
    """Remove the id of an erased store from all entries, and what operators wrote about it."""
    session.execute(_ALLOW_CHANGES)
    session.execute(_ANONYMISE_STORE, {"store": store_id})
