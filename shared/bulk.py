"""Many rows in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import CursorResult, bindparam, text
from sqlalchemy.orm import DeclarativeBase, Session


def insert_rows(
    session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], suffix: str = ""
) -> CursorResult[Any] | None:
    """Insert `rows`, all with the same keys, by one INSERT … SELECT from one JSON parameter.

    `suffix` is appended: an ON CONFLICT or RETURNING clause. Nothing is sent for no rows.
    PostgreSQL casts each value to its column's type (json_populate_recordset), so that a row costs
    neither a placeholder nor a round trip, whatever the number of columns.
    """
    if not rows:
        return None
    table = model.__tablename__
    columns = ", ".join(rows[0])
    statement = text(
        f"INSERT INTO {table} ({columns}) SELECT {columns}"  # noqa: S608 - names come from our own models
        f" FROM json_populate_recordset(NULL::{table}, CAST(:rows AS json)) {suffix}"
    ).bindparams(bindparam("rows", value=msgspec.json.encode(rows).decode()))
    return session.execute(statement)  # type: ignore[return-value] # an INSERT always gives a CursorResult
