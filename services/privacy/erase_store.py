"""Erases a store: all its rows and pictures, those of its people among them, and at last the store's own row.

After an interruption it can be started again. Jobs that are running may add rows meanwhile, so it works in
passes, until a pass finds nothing to delete.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.privacy.batches import (
    BATCH_ROWS,
    MAX_PASSES,
    CannotErase,
    Progress,
    delete_objects,
    delete_pictures,
    delete_rows,
    execute_without_timeout,
    pseudonym_of,
)
from services.privacy.inventory import INVENTORY
from shared.db import audit
from shared.db.transactions import transaction

_HANDLED_LAST = {"people", "stores", "audit_log"}
"""Tables of the last transaction: it deletes their rows, and anonymises those of the audit log."""

# Then nobody can sign in, and nothing is sent any more.
_DEACTIVATE = (
    "UPDATE people SET active = false WHERE store_id = :id AND active",
    "UPDATE webhook_endpoints SET active = false WHERE store_id = :id AND active",
)

_DELETE_JOBS = text("""
    DELETE FROM outbox WHERE id = ANY (ARRAY(
        SELECT t.id FROM outbox t WHERE t.store_id = :id OR strpos(CAST(t.payload AS text), :text) > 0
        ORDER BY t.id LIMIT :most FOR UPDATE
    )) RETURNING payload ->> 'attachment_id' AS attachment_id
""")


def erase_store(store: UUID, actor: str, progress: Progress = lambda _table, _rows: None) -> None:
    """Erase `store`, and record that `actor` did so.

    Raises `CannotErase` if there is no such store, or if its jobs add rows all the time. Raises
    `StorageAway`; what was deleted until then stays deleted.
    """
    with transaction() as session:
        if not session.scalar(text("SELECT count(*) FROM stores WHERE id = :id"), {"id": store}):
            raise CannotErase(f"There is no store {store}; was it erased before?")
        for statement in _DEACTIVATE:
            session.execute(text(statement), {"id": store})
    for _ in range(MAX_PASSES):
        if not _delete_pass(store, progress) and _delete_store(store, actor):
            progress("stores", 1)
            return
    raise CannotErase("Work for this store goes on and on; wait until its jobs are done and erase again.")


def _delete_pass(store: UUID, progress: Progress) -> int:
    """Delete the store's rows of all tables but the last; returns their number."""
    values = {"id": store, "text": str(store)}
    total = 0
    for table in INVENTORY:
        if table.store_condition is None or table.name in _HANDLED_LAST:
            continue
        if table.name == "outbox":
            deleted = _delete_jobs(store)
        elif table.name == "attachments":
            deleted = delete_pictures(table.store_condition, id=store)
        else:
            deleted = delete_rows(table.name, table.store_condition, **values)
        if deleted:
            progress(table.name, deleted)
        total += deleted
    return total


def _delete_jobs(store: UUID) -> int:
    """Delete the store's jobs, and the objects of attachments they name: these may have no row any more."""
    total = 0
    while True:
        with transaction() as session:
            attachments = session.scalars(
                _DELETE_JOBS, {"id": store, "text": str(store), "most": BATCH_ROWS}
            ).all()
            delete_objects([UUID(attachment) for attachment in attachments if attachment])
        total += len(attachments)
        if not attachments:
            return total


def _delete_store(store: UUID, actor: str) -> bool:
    """Delete the store's people and the store; False if new rows refer to them."""
    try:
        with transaction() as session:
            # While the row is locked, no new row can refer to it.
            session.execute(text("SELECT FROM stores WHERE id = :id FOR UPDATE"), {"id": store})
            people = execute_without_timeout(session, "DELETE FROM people WHERE store_id = :id", id=store)
            audit.anonymise_store(session, store)
            audit.record(session, actor, "erase.store", [pseudonym_of(store)], detail={"people": people})
            session.execute(text("DELETE FROM stores WHERE id = :id"), {"id": store})
    except IntegrityError:
        return False
    return True
