"""Finds a text wherever it is stored: in any column of any table, in any object of the storage."""

from __future__ import annotations

from sqlalchemy import Connection, text

from shared.storage import storage
from tests.support.processes import databases

_COLUMNS = text("""
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
""")


def places(database_url: str, needle: str) -> set[str]:
    """`table.column` wherever `needle` stands in a row, and `storage` where it stands in an object."""
    with databases.connect(database_url).connect() as connection:
        found = {
            f"{table}.{column}"
            for table, column, kind in connection.execute(_COLUMNS).all()
            if _holds(connection, table, column, kind, needle)
        }
    return found | ({"storage"} if _stored(needle) else set())


def _holds(connection: Connection, table: str, column: str, kind: str, needle: str) -> bool:
    column = f'"{column}"'
    as_text = f"encode({column}, 'escape')" if kind == "bytea" else f"CAST({column} AS text)"
    folded = f"strpos(lower({as_text}), lower(:needle)) > 0"
    query = text(f'SELECT EXISTS (SELECT FROM "{table}" WHERE {folded})')
    return bool(connection.scalar(query, {"needle": needle}))


def _stored(needle: str) -> bool:
    place = storage()
    return any(
        needle in found.key or needle.encode() in b"".join(place.read(found.key))
        for prefix in ("original/", "full/", "thumb/")
        for found in place.list(prefix)
    )
