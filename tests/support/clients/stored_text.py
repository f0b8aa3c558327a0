"""Looking for a text in everything that is kept: every column of every table, every object of the storage."""

from __future__ import annotations

from sqlalchemy import Connection, text

from shared.storage import storage
from tests.support.processes import databases

_COLUMNS = text("""
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
""")


def places(database_url: str, wanted: str) -> set[str]:
    """`table.column` wherever `wanted` stands in a row, and `storage` where it stands in an object."""
    with databases.connect(database_url).connect() as connection:
        found = {
            f"{table}.{column}"
            for table, column, kind in connection.execute(_COLUMNS).all()
            if _holds(connection, table, column, kind, wanted)
        }
    return found | ({"storage"} if _stored(wanted) else set())


def _holds(connection: Connection, table: str, column: str, kind: str, wanted: str) -> bool:
    column = f'"{column}"'
    as_text = f"encode({column}, 'escape')" if kind == "bytea" else f"CAST({column} AS text)"
    folded = f"strpos(lower({as_text}), lower(:wanted)) > 0"
    query = text(f'SELECT EXISTS (SELECT FROM "{table}" WHERE {folded})')
    return bool(connection.scalar(query, {"wanted": wanted}))


def _stored(wanted: str) -> bool:
    place = storage()
    return any(
        wanted in found.key or wanted.encode() in b"".join(place.read(found.key))
        for prefix in ("original/", "full/", "thumb/")
        for found in place.list(prefix)
    )
