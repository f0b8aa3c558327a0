"""What erasing is made of: bounded steps, each a transaction of its own, that can be begun anew anywhere."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.config.settings import settings
from shared.db.transactions import transaction
from shared.pictures import all_keys
from shared.storage import storage

ROWS = 2_000
"""Rows removed or changed by one transaction."""

PICTURES = 200
"""Pictures removed by one transaction."""

PATIENT = text("SET LOCAL statement_timeout = 0")
"""Said before a statement that may read a whole table."""

_DROP_ROWS = text("DELETE FROM attachments WHERE id = ANY(:ids)")


class CannotErase(Exception):
    """The text says why, and what to do."""


def digest(subject: UUID) -> str:
    """What the audit log keeps of an erased id: whoever has the id and SECRET_KEY finds it, nobody else."""
    return hmac.new(settings().secret_key.encode(), subject.bytes, hashlib.sha256).hexdigest()[:32]


def run(session: Session, statement: str, **values: Any) -> int:
    """Run a statement that may read a whole table, with those of `values` that it names; rows it changed."""
    session.execute(PATIENT)
    named = {name: value for name, value in values.items() if f":{name}" in statement}
    done = session.execute(text(statement), named)
    return done.rowcount  # type: ignore[attr-defined, no-any-return] # a DML statement gives a CursorResult


def in_batches(statement: str, **values: Any) -> int:
    """Run `statement`, which changes up to `:most` rows, until it changes none; how many in all."""
    total = 0
    while True:
        with transaction() as session:
            done = run(session, statement, **values, most=ROWS)
        total += done
        if not done:
            return total


def delete_rows(table: str, condition: str, **values: Any) -> int:
    """Delete the rows `t` of `table` that meet `condition`, in batches; how many they were."""
    return in_batches(
        f"DELETE FROM {table} WHERE ctid = ANY (ARRAY("  # noqa: S608 - constants of this package
        f"SELECT t.ctid FROM {table} t WHERE {condition} LIMIT :most))",
        **values,
    )


def update_rows(table: str, changes: str, condition: str, **values: Any) -> int:
    """Change the rows `t` of `table` that meet `condition`, which they must no longer meet afterwards."""
    return in_batches(
        f"UPDATE {table} SET {changes} WHERE ctid = ANY (ARRAY("  # noqa: S608 - constants of this package
        f"SELECT t.ctid FROM {table} t WHERE {condition} LIMIT :most))",
        **values,
    )


def delete_pictures(condition: str, **values: Any) -> int:
    """Remove attachments `t` that meet `condition`, objects first: ended in between, the rows are left.

    Raises `StorageAway`.
    """
    found = text(
        f"SELECT t.id FROM attachments t WHERE {condition} LIMIT :most FOR UPDATE"  # noqa: S608 - constants
    )
    total = 0
    while True:
        with transaction() as session:
            session.execute(PATIENT)
            ids = session.scalars(found, {**values, "most": PICTURES}).all()
            delete_objects(ids)
            session.execute(_DROP_ROWS, {"ids": ids})
        total += len(ids)
        if not ids:
            return total


def delete_objects(attachments: Collection[UUID]) -> None:
    """Remove every object of `attachments` from the storage. Raises `StorageAway`."""
    storage().delete(key for attachment in attachments for key in all_keys(attachment))
