"""What erasures are built from: statements that work in batches, each batch in a transaction of its own.

An erasure can be interrupted after any batch and started again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.config.settings import settings
from shared.db.transactions import transaction
from shared.pictures import all_keys
from shared.storage import storage

BATCH_ROWS = 2_000
"""Rows deleted or updated by one transaction."""

BATCH_PICTURES = 200
"""Pictures deleted by one transaction."""

MAX_PASSES = 20
"""Passes after which an erasure gives up, because new rows are added all the time."""

NO_STATEMENT_TIMEOUT = text("SET LOCAL statement_timeout = 0")
"""For transactions with a statement that may read a whole table."""

Progress = Callable[[str, int], None]
"""Called with a table's name and the number of its rows that were deleted or updated."""

_DELETE_ATTACHMENTS = text("DELETE FROM attachments WHERE id = ANY(:ids)")


class CannotErase(Exception):
    """The erasure is not possible now; the text says why and what to do, for operators."""


def pseudonym_of(subject: UUID) -> str:
    """The pseudonym that the audit log has instead of an erased id.

    It can be computed from the id with SECRET_KEY, and the id cannot be computed from it.
    """
    return hmac.new(settings().secret_key.encode(), subject.bytes, hashlib.sha256).hexdigest()[:32]


def execute_without_timeout(session: Session, statement: str, **values: Any) -> int:
    """Execute `statement` with those of `values` that it names; returns the number of affected rows."""
    session.execute(NO_STATEMENT_TIMEOUT)
    parameters = {name: value for name, value in values.items() if f":{name}" in statement}
    result = session.execute(text(statement), parameters)
    return result.rowcount  # type: ignore[attr-defined, no-any-return] # a DML statement gives a CursorResult


def execute_in_batches(statement: str, **values: Any) -> int:
    """Execute `statement`, which affects up to `:most` rows, until it affects none; returns their number."""
    total = 0
    while True:
        with transaction() as session:
            count = execute_without_timeout(session, statement, **values, most=BATCH_ROWS)
        total += count
        if not count:
            return total


def delete_rows(table: str, condition: str, **values: Any) -> int:
    """Delete the rows `t` of `table` that meet `condition`, in batches; returns their number."""
    return execute_in_batches(
        f"DELETE FROM {table} WHERE ctid = ANY (ARRAY("  # noqa: S608 - constants of this package
        f"SELECT t.ctid FROM {table} t WHERE {condition} LIMIT :most))",
        **values,
    )


def update_rows(table: str, changes: str, condition: str, **values: Any) -> int:
    """Update the rows `t` of `table` that meet `condition`, in batches; returns their number.

    Updated rows must not meet `condition` any more, or it does not end.
    """
    return execute_in_batches(
        f"UPDATE {table} SET {changes} WHERE ctid = ANY (ARRAY("  # noqa: S608 - constants of this package
        f"SELECT t.ctid FROM {table} t WHERE {condition} LIMIT :most))",
        **values,
    )


def delete_pictures(condition: str, **values: Any) -> int:
    """Delete the attachments `t` that meet `condition`, in batches; returns their number.

    Objects are deleted before their rows, so that an interruption leaves no object without a row. Raises
    `StorageAway`.
    """
    select_ids = text(
        f"SELECT t.id FROM attachments t WHERE {condition} LIMIT :most FOR UPDATE"  # noqa: S608 - constants
    )
    total = 0
    while True:
        with transaction() as session:
            session.execute(NO_STATEMENT_TIMEOUT)
            ids = session.scalars(select_ids, {**values, "most": BATCH_PICTURES}).all()
            delete_objects(ids)
            session.execute(_DELETE_ATTACHMENTS, {"ids": ids})
        total += len(ids)
        if not ids:
            return total


def delete_objects(attachments: Collection[UUID]) -> None:
    """Delete all objects of `attachments` from the storage. Raises `StorageAway`."""
    storage().delete(key for attachment in attachments for key in all_keys(attachment))
