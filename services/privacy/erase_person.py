"""Erases a person; their store and its tickets stay.

Their row is deleted, and the rows that belong to them alone. Other rows that refer to them get an anonymous
placeholder person instead, one for each erased person, so that conversations stay readable. Texts and
pictures of a store's person are erased. Texts of a person of support stay: they are Botmeni's answers to
stores.
After an interruption it can be started again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.privacy.batches import (
    BATCH_ROWS,
    MAX_PASSES,
    NO_STATEMENT_TIMEOUT,
    CannotErase,
    Progress,
    delete_pictures,
    delete_rows,
    execute_without_timeout,
    pseudonym_of,
    update_rows,
)
from shared.config.settings import settings
from shared.db import audit
from shared.db.transactions import transaction

PLACEHOLDER_NAME = "Persona eliminada"
ERASED_TEXT = "[Texto eliminado a petición de quien lo escribió]"

_SELECT_ACCOUNT_MESSAGES = text("""
    SELECT dead_at IS NOT NULL AS dead FROM outbox
    WHERE event = 'store.received' AND strpos(CAST(payload AS text), :text) > 0
""")
_IMPORT_PENDING = "A message of the account service about this person waits; try again soon."

# These come first, so that name, address and access are gone even if the rest is interrupted.
_ANONYMIZE = (
    "DELETE FROM refused_addresses WHERE address = (SELECT email FROM people WHERE id = :id)",
    """
    INSERT INTO people (id, store_id, name, email, locale, roles, active, created_at)
    SELECT CAST(:placeholder AS uuid), store_id, :name, CAST(:placeholder AS text) || '@erased.invalid', 'es',
        CASE WHEN store_id IS NULL THEN roles ELSE '{}' END, false, created_at
    FROM people WHERE id = :id ON CONFLICT (id) DO NOTHING
    """,
    """
    UPDATE people SET name = :name, email = CAST(:placeholder AS text) || '@erased.invalid', active = false
    WHERE id = :id
    """,
)

_ERASE_MESSAGES = """
    WITH changed AS (
        UPDATE messages SET author_id = :placeholder,
            body = CASE WHEN body = '' OR :keep_texts THEN body ELSE :erased_text END
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM messages WHERE author_id = :id LIMIT :most))
        RETURNING ticket_id
    )
    SELECT array_agg(DISTINCT ticket_id) FROM changed
"""

# Columns that refer to a person and get the placeholder: table, changes, condition.
_REFERENCES = (
    (
        "ratings",
        """rated_by = :placeholder,
        comment = CASE WHEN comment = '' OR :keep_texts THEN comment ELSE :erased_text END""",
        "t.rated_by = :id",
    ),
    ("tickets", "opened_by = :placeholder", "t.opened_by = :id"),
    ("tickets", "assignee_id = :placeholder", "t.assignee_id = :id"),
    (
        "timeline",
        """actor_id = :placeholder, detail = CASE WHEN NOT :keep_texts AND detail ? 'comment'
        THEN jsonb_set(detail, '{comment}', to_jsonb(CAST(:erased_text AS text))) ELSE detail END""",
        "t.actor_id = :id",
    ),
    ("canned_replies", "updated_by = :placeholder", "t.updated_by = :id"),
    ("attachments", "uploaded_by = :placeholder", "t.uploaded_by = :id"),
)

# Free-form columns in which a person's id is replaced by the placeholder's: table, column, type.
_EMBEDDED_IDS = (
    ("timeline", "detail", "jsonb"),
    ("notifications", "detail", "jsonb"),
    ("email_deliveries", "events", "jsonb"),
    ("webhook_deliveries", "payload", "text"),
    ("webhook_attempts", "response", "text"),
    ("outbox", "payload", "jsonb"),
    ("outbox", "last_error", "text"),
)

_OWN_TABLES = ("notifications", "notification_skips", "email_deliveries", "notification_preferences")


def erase_person(person: UUID, actor: str, progress: Progress = lambda _table, _rows: None) -> UUID:
    """Erase `person`, and record that `actor` did so; returns the id of the placeholder.

    Raises `CannotErase` if there is no such person, if a message of the account service about them is
    pending, or if their jobs add rows all the time. Raises `StorageAway`; what was erased until then
    stays erased.
    """
    placeholder = placeholder_of(person)
    are_dead = _account_messages_are_dead(person)
    if not all(are_dead):
        raise CannotErase(_IMPORT_PENDING)
    keep_texts = _anonymize(person, placeholder)
    for _ in range(MAX_PASSES):
        changed = _erase_pass(person, placeholder, keep_texts=keep_texts, progress=progress)
        # A message that arrived meanwhile has to be imported first: it may contain more than this person.
        are_dead = _account_messages_are_dead(person)
        if not changed and not are_dead and _delete_person(person, placeholder, actor):
            progress("people", 1)
            return placeholder
    if not all(are_dead):
        raise CannotErase(_IMPORT_PENDING)
    raise CannotErase("This person goes on working; wait until their jobs are done and erase again.")


def placeholder_of(person: UUID) -> UUID:
    """The id of a person's placeholder: always the same, and only computed with SECRET_KEY."""
    digest = hmac.new(settings().secret_key.encode(), b"stand-in" + person.bytes, hashlib.sha256).digest()
    return UUID(bytes=digest[:16], version=4)


def _account_messages_are_dead(person: UUID) -> Sequence[bool]:
    """For each account message that names the person: whether it is a dead letter. It locks nothing."""
    with transaction() as session:
        session.execute(NO_STATEMENT_TIMEOUT)
        return session.scalars(_SELECT_ACCOUNT_MESSAGES, {"text": str(person)}).all()


def _anonymize(person: UUID, placeholder: UUID) -> bool:
    """Insert the placeholder, and anonymize the person's row; returns whether their texts stay."""
    with transaction() as session:
        row = session.execute(
            text("SELECT store_id IS NULL AS support FROM people WHERE id = :id FOR UPDATE"), {"id": person}
        ).one_or_none()
        if row is None:
            raise CannotErase(f"There is no person {person}; were they erased before?")
        for statement in _ANONYMIZE:
            execute_without_timeout(
                session, statement, id=person, placeholder=placeholder, name=PLACEHOLDER_NAME
            )
        return bool(row.support)


def _erase_pass(person: UUID, placeholder: UUID, *, keep_texts: bool, progress: Progress) -> int:
    """Erase what refers to the person in all tables; returns the number of affected rows."""
    values = {
        "id": person,
        "text": str(person),
        "placeholder": placeholder,
        "keep_texts": keep_texts,
        "erased_text": ERASED_TEXT,
    }
    total = 0

    def done(table: str, rows: int) -> None:
        nonlocal total
        total += rows
        if rows:
            progress(table, rows)

    # Dead letters of the account service are deleted: all they still do is keep the person's name.
    dead_imports = (
        "t.event = 'store.received' AND t.dead_at IS NOT NULL AND strpos(CAST(t.payload AS text), :text) > 0"
    )
    done("outbox", delete_rows("outbox", dead_imports, **values))
    for table in _OWN_TABLES:
        done(table, delete_rows(table, "t.person_id = :id", **values))
    done("ticket_reads", delete_rows("ticket_reads", "t.person_id = :id", **values))
    responses = "t.person_id = :id OR position(convert_to(:text, 'UTF8') IN t.body) > 0"
    done("idempotency_keys", delete_rows("idempotency_keys", responses, **values))
    if not keep_texts:
        done("attachments", delete_pictures("t.uploaded_by = :id", id=person))
    done("messages", _erase_messages(person, placeholder, keep_texts=keep_texts))
    for table, changes, condition in _REFERENCES:
        done(table, update_rows(table, changes, condition, **values))
    for table, column, kind in _EMBEDDED_IDS:
        condition = f"strpos(CAST(t.{column} AS text), :text) > 0"
        # Account messages are not changed: with the placeholder's id they would overwrite the placeholder.
        if table == "outbox":
            condition += " AND t.event <> 'store.received'"
        changes = (
            f"{column} = CAST(replace(CAST({column} AS text), :text, CAST(:placeholder AS text)) AS {kind})"
        )
        done(table, update_rows(table, changes, condition, **values))
    return total


def _erase_messages(person: UUID, placeholder: UUID, *, keep_texts: bool) -> int:
    """Erase the person's messages, and index their tickets again in the same transaction."""
    total = 0
    values = {
        "id": person,
        "placeholder": placeholder,
        "keep_texts": keep_texts,
        "erased_text": ERASED_TEXT,
        "most": BATCH_ROWS,
    }
    while True:
        with transaction() as session:
            session.execute(NO_STATEMENT_TIMEOUT)
            tickets = session.scalar(text(_ERASE_MESSAGES), values)
            if not tickets:
                return total
            # Locked first, so that nobody else changes the tickets while they are indexed.
            session.execute(
                text("SELECT FROM tickets WHERE id = ANY(:ids) ORDER BY id FOR UPDATE"), {"ids": tickets}
            )
            session.execute(text("SELECT index_tickets(:ids)"), {"ids": tickets})
        total += len(tickets)


def _delete_person(person: UUID, placeholder: UUID, actor: str) -> bool:
    """Delete the person's row; False if new rows refer to it."""
    try:
        with transaction() as session:
            session.execute(text("DELETE FROM people WHERE id = :id"), {"id": person})
            detail = {"stand_in": str(placeholder)}
            audit.record(session, actor, "erase.person", [pseudonym_of(person)], detail=detail)
    except IntegrityError:
        return False
    return True
