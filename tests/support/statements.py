"""Records the SQL statements that the API executes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from shared.db.engine import restricted_engine


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is executed meanwhile as the API's role, in this process, with its values."""
    seen: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        seen.append((statement, values))

    pool = restricted_engine()
    event.listen(pool, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(pool, "before_cursor_execute", note)
