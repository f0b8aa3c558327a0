"""Many rows in one statement."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import CursorResult, TextClause, text
from sqlalchemy.orm import DeclarativeBase, Session

Rows = tuple[type[DeclarativeBase], Sequence[Mapping[str, Any]]]
"""Rows of one table, all with the same keys."""


def insert_rows(
    session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], suffix: str = ""
) -> CursorResult[Any] | None:
    """Insert `rows`, all with the same keys, by one INSERT … SELECT from one JSON parameter.

    `suffix` is appended: an ON CONFLICT or RETURNING clause. Nothing is sent for no rows.
    PostgreSQL casts each value to its column's type (json_populate_recordset), so that a row costs
    neither a placeholder nor a round trip, whatever the number of columns.
    """
    return _insert(session, [(model, rows)], suffix) if rows else None


def insert_together(session: Session, tables: Sequence[Rows]) -> None:
    """Insert the rows of several tables by one statement.

    Foreign keys are checked at its end, so rows may point at others of it.
    """
    filled = [(model, rows) for model, rows in tables if rows]
    if filled:
        _insert(session, filled)


def _insert(session: Session, tables: Sequence[Rows], suffix: str = "") -> CursorResult[Any]:
    shape = tuple((model.__tablename__, ", ".join(rows[0])) for model, rows in tables)
    values = {f"rows_{place}": msgspec.json.encode(rows).decode() for place, (_, rows) in enumerate(tables)}
    # By the connection: the session's own way is made for entities, and costs as much again.
    return session.connection().execute(_statement(shape, suffix), values)


@functools.lru_cache(maxsize=200)
def _statement(shape: tuple[tuple[str, str], ...], suffix: str) -> TextClause:
    """For tables and their columns; made once, since SQLAlchemy looks for parameters in every new text."""
    inserts = [
        f"INSERT INTO {table} ({columns}) SELECT {columns}"  # noqa: S608 - names come from our own models
        f" FROM json_populate_recordset(NULL::{table}, CAST(:rows_{place} AS json))"
        for place, (table, columns) in enumerate(shape)
    ]
    *before, last = inserts
    named = ", ".join(f"t{place} AS ({insert})" for place, insert in enumerate(before))
    return text(f"{f'WITH {named} ' if named else ''}{last} {suffix}")
