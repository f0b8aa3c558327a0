"""Forgetting a store: every row and every picture, its people's among them; the store's own row goes last.

Begun anew after it was killed, it goes on with what is left. What work under way adds meanwhile is removed
by the next pass: the passes end when one finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.privacy.batches import (
    ROWS,
    CannotErase,
    delete_objects,
    delete_pictures,
    delete_rows,
    digest,
    run,
)
from services.privacy.tables import HELD
from shared.db import audit
from shared.db.transactions import transaction

Progress = Callable[[str, int], None]
"""Told the table and the number of rows removed from it."""

MOST_PASSES = 20

_LATER = {"people", "stores", "audit_log"}

# Nobody signs in any more, nothing is sent any more.
_CLOSE = (
    "UPDATE people SET active = false WHERE store_id = :id AND active",
    "UPDATE webhook_endpoints SET active = false WHERE store_id = :id AND active",
)

_TAKE_JOBS = text("""
    DELETE FROM outbox WHERE id = ANY (ARRAY(
        SELECT t.id FROM outbox t WHERE t.store_id = :id OR strpos(CAST(t.payload AS text), :text) > 0
        ORDER BY t.id LIMIT :most FOR UPDATE
    )) RETURNING payload ->> 'attachment_id'
""")


def erase_store(store: UUID, actor: str, progress: Progress = lambda _table, _rows: None) -> None:
    """Erase `store`. Raises `CannotErase` where there is none, or where work for it does not come to rest.

    Raises `StorageAway`; what was removed by then stays removed.
    """
    with transaction() as session:
        if not session.scalar(text("SELECT count(*) FROM stores WHERE id = :id"), {"id": store}):
            raise CannotErase(f"There is no store {store}; was it erased before?")
        for statement in _CLOSE:
            session.execute(text(statement), {"id": store})
    for _ in range(MOST_PASSES):
        if not _pass(store, progress) and _finish(store, actor):
            progress("stores", 1)
            return
    raise CannotErase("Work for this store goes on and on; wait until its jobs are done and erase again.")


def _pass(store: UUID, progress: Progress) -> int:
    values = {"id": store, "text": str(store)}
    total = 0
    for held in HELD:
        if held.of_store is None or held.table in _LATER:
            continue
        if held.table == "outbox":
            removed = _jobs(store)
        elif held.table == "attachments":
            removed = delete_pictures(held.of_store, id=store)
        else:
            removed = delete_rows(held.table, held.of_store, **values)
        if removed:
            progress(held.table, removed)
        total += removed
    return total


def _jobs(store: UUID) -> int:
    """Remove the store's jobs; a picture that one of them was about may be in the storage without a row."""
    total = 0
    while True:
        with transaction() as session:
            taken = session.scalars(_TAKE_JOBS, {"id": store, "text": str(store), "most": ROWS}).all()
            delete_objects([UUID(attachment) for attachment in taken if attachment])
        total += len(taken)
        if not taken:
            return total


def _finish(store: UUID, actor: str) -> bool:
    """Remove people and store; False when something new refers to them."""
    try:
        with transaction() as session:
            # Held: nothing more can refer to it while this lasts.
            session.execute(text("SELECT FROM stores WHERE id = :id FOR UPDATE"), {"id": store})
            people = run(session, "DELETE FROM people WHERE store_id = :id", id=store)
            audit.anonymise_store(session, store)
            audit.record(session, actor, "erase.store", [digest(store)], detail={"people": people})
            session.execute(text("DELETE FROM stores WHERE id = :id"), {"id": store})
    except IntegrityError:
        return False
    return True
