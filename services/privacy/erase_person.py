"""Forgetting a person, while their store and everybody's tickets go on.

Their row goes, with what is theirs alone. Where a ticket needs somebody to have been there, a stand-in
without a name takes their place, one for each person, so that a conversation still reads as one. What a
store's person wrote, and the pictures, are replaced by a note; what support wrote are Botmeni's answers to
stores, and stay under the stand-in. Begun anew after it was killed, it goes on with what is left.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.privacy.batches import (
    PATIENT,
    ROWS,
    CannotErase,
    delete_pictures,
    delete_rows,
    digest,
    run,
    update_rows,
)
from shared.config.settings import settings
from shared.db import audit
from shared.db.transactions import transaction

Progress = Callable[[str, int], None]
"""Told the table and the number of rows changed or removed."""

NAME = "Persona eliminada"
ERASED_WORDS = "[Texto eliminado a petición de quien lo escribió]"
MOST_PASSES = 20

_NAMED_BY_IMPORT = text("""
    SELECT dead_at IS NOT NULL FROM outbox
    WHERE event = 'store.received' AND strpos(CAST(payload AS text), :text) > 0
""")
_WAITS = "A message of the account service about this person waits; try again soon."

# The first thing done, and at once: name, address and access are gone whatever happens afterwards.
_BEGIN = (
    "DELETE FROM refused_addresses WHERE address = (SELECT email FROM people WHERE id = :id)",
    """
    INSERT INTO people (id, store_id, name, email, locale, roles, active, created_at)
    SELECT CAST(:new AS uuid), store_id, :name, CAST(:new AS text) || '@erased.invalid', 'es',
        CASE WHEN store_id IS NULL THEN roles ELSE '{}' END, false, created_at
    FROM people WHERE id = :id ON CONFLICT (id) DO NOTHING
    """,
    """
    UPDATE people SET name = :name, email = CAST(:new AS text) || '@erased.invalid', active = false
    WHERE id = :id
    """,
)

_MESSAGES = """
    WITH changed AS (
        UPDATE messages SET author_id = :new, body = CASE WHEN body = '' OR :keep THEN body ELSE :words END
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM messages WHERE author_id = :id LIMIT :most))
        RETURNING ticket_id
    )
    SELECT array_agg(DISTINCT ticket_id) FROM changed
"""

# Table, changes, and the rows that need them.
_PLACES = (
    (
        "ratings",
        "rated_by = :new, comment = CASE WHEN comment = '' OR :keep THEN comment ELSE :words END",
        "t.rated_by = :id",
    ),
    ("tickets", "opened_by = :new", "t.opened_by = :id"),
    ("tickets", "assignee_id = :new", "t.assignee_id = :id"),
    (
        "timeline",
        """actor_id = :new, detail = CASE WHEN NOT :keep AND detail ? 'comment'
        THEN jsonb_set(detail, '{comment}', to_jsonb(CAST(:words AS text))) ELSE detail END""",
        "t.actor_id = :id",
    ),
    ("canned_replies", "updated_by = :new", "t.updated_by = :id"),
    ("attachments", "uploaded_by = :new", "t.uploaded_by = :id"),
)

# Ids inside texts that other people's rows, jobs and webhooks carry.
_MENTIONS = (
    ("timeline", "detail", "jsonb"),
    ("notifications", "detail", "jsonb"),
    ("email_deliveries", "events", "jsonb"),
    ("webhook_deliveries", "payload", "text"),
    ("webhook_attempts", "response", "text"),
    ("outbox", "payload", "jsonb"),
    ("outbox", "last_error", "text"),
)

_THEIRS = ("notifications", "notification_skips", "email_deliveries", "notification_preferences")


def erase_person(person: UUID, actor: str, progress: Progress = lambda _table, _rows: None) -> UUID:
    """Erase `person`; returns the id of their stand-in.

    Raises `CannotErase` where there is no such person, or while a message of the account service that names
    them waits; `StorageAway`, where what was removed by then stays removed.
    """
    new = stand_in_of(person)
    imports = _imports(person)
    if not all(imports):
        raise CannotErase(_WAITS)
    keep = _begin(person, new)
    for _ in range(MOST_PASSES):
        changed = _pass(person, new, keep=keep, progress=progress)
        # One that arrived since is taken over first: thrown away, it would be missing from the store.
        imports = _imports(person)
        if not changed and not imports and _finish(person, new, actor):
            progress("people", 1)
            return new
    if not all(imports):
        raise CannotErase(_WAITS)
    raise CannotErase("This person goes on working; wait until their jobs are done and erase again.")


def stand_in_of(person: UUID) -> UUID:
    """The id that stands for an erased person: the same each time, and no way back without SECRET_KEY."""
    made = hmac.new(settings().secret_key.encode(), b"stand-in" + person.bytes, hashlib.sha256).digest()
    return UUID(bytes=made[:16], version=4)


def _imports(person: UUID) -> Sequence[bool]:
    """For each message that names them, whether it was given up; looked for without holding anything."""
    with transaction() as session:
        session.execute(PATIENT)
        return session.scalars(_NAMED_BY_IMPORT, {"text": str(person)}).all()


def _begin(person: UUID, new: UUID) -> bool:
    """Put the stand-in beside them; whether their words are kept."""
    with transaction() as session:
        found = session.execute(
            text("SELECT store_id IS NULL AS support FROM people WHERE id = :id FOR UPDATE"), {"id": person}
        ).one_or_none()
        if found is None:
            raise CannotErase(f"There is no person {person}; were they erased before?")
        for statement in _BEGIN:
            run(session, statement, id=person, new=new, name=NAME)
        return bool(found.support)


def _pass(person: UUID, new: UUID, *, keep: bool, progress: Progress) -> int:
    values = {"id": person, "text": str(person), "new": new, "keep": keep, "words": ERASED_WORDS}
    total = 0

    def done(table: str, rows: int) -> None:
        nonlocal total
        total += rows
        if rows:
            progress(table, rows)

    # Given up, so that nothing would come of them but the person's name kept.
    imports = (
        "t.event = 'store.received' AND t.dead_at IS NOT NULL AND strpos(CAST(t.payload AS text), :text) > 0"
    )
    done("outbox", delete_rows("outbox", imports, **values))
    for table in _THEIRS:
        done(table, delete_rows(table, "t.person_id = :id", **values))
    done("ticket_reads", delete_rows("ticket_reads", "t.person_id = :id", **values))
    answers = "t.person_id = :id OR position(convert_to(:text, 'UTF8') IN t.body) > 0"
    done("idempotency_keys", delete_rows("idempotency_keys", answers, **values))
    if not keep:
        done("attachments", delete_pictures("t.uploaded_by = :id", id=person))
    done("messages", _messages(person, new, keep=keep))
    for table, changes, condition in _PLACES:
        done(table, update_rows(table, changes, condition, **values))
    for table, column, kind in _MENTIONS:
        inside = f"strpos(CAST(t.{column} AS text), :text) > 0"
        if table == "outbox":  # imports go whole: under another id they would make a person of the stand-in
            inside += " AND t.event <> 'store.received'"
        changes = f"{column} = CAST(replace(CAST({column} AS text), :text, CAST(:new AS text)) AS {kind})"
        done(table, update_rows(table, changes, inside, **values))
    return total


def _messages(person: UUID, new: UUID, *, keep: bool) -> int:
    """Replace what they wrote, and let the search forget it in the same transaction."""
    total = 0
    values = {"id": person, "new": new, "keep": keep, "words": ERASED_WORDS, "most": ROWS}
    while True:
        with transaction() as session:
            session.execute(PATIENT)
            tickets = session.scalar(text(_MESSAGES), values)
            if not tickets:
                return total
            # Held first, so that what is indexed is how they stand when nobody else changes them.
            session.execute(
                text("SELECT FROM tickets WHERE id = ANY(:ids) ORDER BY id FOR UPDATE"), {"ids": tickets}
            )
            session.execute(text("SELECT index_tickets(:ids)"), {"ids": tickets})
        total += len(tickets)


def _finish(person: UUID, new: UUID, actor: str) -> bool:
    """Remove their row; False when something new refers to it."""
    try:
        with transaction() as session:
            session.execute(text("DELETE FROM people WHERE id = :id"), {"id": person})
            audit.record(session, actor, "erase.person", [digest(person)], detail={"stand_in": str(new)})
    except IntegrityError:
        return False
    return True
