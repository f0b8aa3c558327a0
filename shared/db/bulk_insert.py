"""Inserting many rows by one statement."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import CursorResult, TextClause, text
from sqlalchemy.orm import DeclarativeBase, Session

Rows = tuple[type[DeclarativeBase], Sequence[Mapping[str, Any]]]
"""A table's model, and rows of it as dicts: all with the same keys, which are names of columns."""


def insert_rows(
    session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], suffix: str = ""
) -> CursorResult[Any] | None:
    """Insert `rows`, all with the same keys, by one INSERT … SELECT from one JSON parameter.

    `suffix` is appended to the statement: an ON CONFLICT or RETURNING clause. Without rows nothing is sent
    and the result is None. PostgreSQL casts each value to its column's type (json_populate_recordset), so a
    row costs neither a placeholder for each value nor a round trip.
    """
    return _insert(session, [(model, rows)], suffix) if rows else None


def insert_together(session: Session, tables: Sequence[Rows]) -> None:
    """Insert rows of several tables by one statement; tables without rows are left out.

    Foreign keys are checked at the statement's end, so its rows may refer to each other.
    """
    filled = [(model, rows) for model, rows in tables if rows]
    if filled:
        _insert(session, filled)


def bytea(value: bytes) -> str:
    """`value` as a row holds it for a column of bytes: JSON has no bytes, so PostgreSQL reads them as hex."""
    return f"\\x{value.hex()}"


def _insert(session: Session, tables: Sequence[Rows], suffix: str = "") -> CursorResult[Any]:
    shape = tuple((model.__tablename__, ", ".join(rows[0])) for model, rows in tables)
    values = {f"rows_{place}": msgspec.json.encode(rows).decode() for place, (_, rows) in enumerate(tables)}
    # By the connection: `Session.execute` prepares for entities, which doubles the cost.
    return session.connection().execute(_statement(shape, suffix), values)


@functools.lru_cache(maxsize=200)
def _statement(shape: tuple[tuple[str, str], ...], suffix: str) -> TextClause:
    """The statement for `shape`, (table, columns) of each table.

    Cached because SQLAlchemy parses every new text for parameters.
    """
    inserts = [
        f"INSERT INTO {table} ({columns}) SELECT {columns}"  # noqa: S608 - names come from our own models
        f" FROM json_populate_recordset(NULL::{table}, CAST(:rows_{place} AS json))"
        for place, (table, columns) in enumerate(shape)
    ]
    *before, last = inserts
    expressions = ", ".join(f"t{place} AS ({insert})" for place, insert in enumerate(before))
    return text(f"{f'WITH {expressions} ' if expressions else ''}{last} {suffix}")
