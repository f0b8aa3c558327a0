"""Transactions: the only module that commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy.exc
from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from shared.db import planner
from shared.db.engine import engine, restricted_engine

API_BEGIN = f"BEGIN; {planner.NO_SORT}"
"""How the API's transactions begin, in one round trip."""


@contextmanager
def transaction() -> Iterator[Session]:
    """A session with one transaction: committed at the end of the block, rolled back if the block raises."""
    with _session(engine()) as session:
        yield session


@contextmanager
def restricted_transaction(first: str = "") -> Iterator[tuple[Session, Row[Any] | None]]:
    """As `transaction()`, with the API's role, which sees only the rows that row security allows.

    `first` is a query to begin with; the block gets the session and that query's row, or None. BEGIN is sent
    in the same text and costs no round trip of its own. `first` must be SQL of ours, return at most one row,
    bind no values and double every `%`.
    """
    with _session(restricted_engine()) as session:
        # A BEGIN takes the statements before it in the same text into its transaction (PostgreSQL manual,
        # "Multiple Statements in a Simple Query").
        result = session.connection().exec_driver_sql(f"{first}; {API_BEGIN}" if first else API_BEGIN)
        yield session, result.one_or_none() if first else None


@contextmanager
def _session(pool: Engine) -> Iterator[Session]:
    with pool.begin() as connection, _BoundSession(connection, expire_on_commit=False) as session:
        yield session
        # Flushes what entities still have to write. Most work uses the connection alone.
        if session.in_transaction():
            session.commit()


class _BoundSession(Session):
    """A session in its connection's transaction. Beginning one of its own would cost each request 50 µs.

    Its `commit()` flushes entities; the connection's own commit ends the transaction.
    """

    def connection(self, *_: Any, **__: Any) -> Connection:
        """The connection that the session was made for."""
        return self.bind  # type: ignore[return-value] # never an engine


def is_outage(error: BaseException) -> bool:
    """Whether `error` means that the database is unreachable or shutting down, not that a statement is wrong.

    Without a SQLSTATE the client never got an answer. Classes 08 and 57P are connection failures and
    shutdowns (PostgreSQL manual, appendix A).
    """
    if isinstance(error, sqlalchemy.exc.TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return isinstance(error, OperationalError | InterfaceError) and (
        state is None or state.startswith(("08", "57P"))
    )
