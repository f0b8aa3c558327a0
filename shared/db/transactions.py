"""Connections and transactions: the only module that commits."""

from __future__ import annotations

import functools
import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy.exc
from sqlalchemy import Connection, Engine, ExceptionContext, Row, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from shared.config.settings import settings

API_ROLE = "botmeni_api"

# Linux tells of it by a flag of its own, others by those that are always told of.
_HUNG_UP = getattr(select, "POLLRDHUP", 0)
_AS_API = f" -c role={API_ROLE}"
# People's lists are read off indexes in their order. Left to itself, a plan made for the average store
# fetches and sorts all tickets of a large one for each page. What has to sort (search) says so itself.
_IN_ORDER = " -c enable_sort=off"


@functools.cache
def engine() -> Engine:
    """The process's pool, which connects on first use; a forked child forgets the one it inherits."""
    return _connect(settings().database_url)


@functools.cache
def restricted_engine() -> Engine:
    """The pool of the API's role: its own address, or DATABASE_URL's with that role taken on."""
    config = settings()
    if config.api_database_url:
        return _connect(config.api_database_url, _IN_ORDER, begins=False)
    return _connect(config.database_url, _AS_API + _IN_ORDER, begins=False)


def _connect(url: str, options: str = "", *, begins: bool = True) -> Engine:
    """`begins`: whether the driver sends BEGIN before the first statement, or leaves that to us."""
    config = settings()
    made = create_engine(
        url,
        pool_size=config.database_pool_size,
        max_overflow=0,
        pool_timeout=config.lock_timeout_ms / 1000,
        pool_pre_ping=False,
        # What people wrote does not belong in logs.
        hide_parameters=True,
        isolation_level=None if begins else "AUTOCOMMIT",
        connect_args={
            "application_name": "botmeni-tickets",
            "connect_timeout": 5,
            "options": f"-c statement_timeout={config.statement_timeout_ms}"
            f" -c lock_timeout={config.lock_timeout_ms}"
            f" -c idle_in_transaction_session_timeout=60000 -c timezone=UTC{options}",
        },
    )
    event.listen(made, "handle_error", _forget_values)
    event.listen(made, "checkout", _refuse_the_dead)
    return made


def _refuse_the_dead(connection: Any, *_: object) -> None:
    """Have the pool replace a connection that its server has closed: that shows without asking (poll(2))."""
    line = select.poll()
    # Only that it was hung up: there may be something to read from a connection that is well.
    line.register(connection.fileno(), _HUNG_UP)
    if line.poll(0):
        raise DisconnectionError("PostgreSQL has closed the connection.")


def _forget_values(context: ExceptionContext) -> None:
    """Take out of an error what people wrote: it is kept on dead jobs and in logs.

    PostgreSQL quotes values in an error's detail, hint and context, and in the first line of class 22 (data
    exceptions; manual, appendix A). The code and the names of table, column and constraint are left.
    """
    original = context.original_exception
    state, diagnosis = getattr(original, "sqlstate", None), getattr(original, "diag", None)
    if state is None or diagnosis is None:
        return
    said = type(original).__name__ if state.startswith("22") else diagnosis.message_primary
    names = [diagnosis.table_name, diagnosis.column_name, diagnosis.constraint_name]
    original.args = (" ".join(filter(None, [f"{said} ({state})", *names])),)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = original.args


@contextmanager
def transaction() -> Iterator[Session]:
    """One session, one transaction: committed at the end of the block, rolled back when it raises."""
    with _session(engine()) as session:
        yield session


@contextmanager
def restricted_transaction(first: str = "") -> Iterator[tuple[Session, Row[Any] | None]]:
    """As `transaction()`, for the API's role, which sees only what row security lets it.

    Begins with the query `first` and gives its row, or None: BEGIN comes along, and costs no round trip of
    its own. It is our own SQL, of one row at most, without values to be bound and with `%` doubled.
    """
    with _session(restricted_engine()) as session:
        # A BEGIN takes what stands before it in the same text into its transaction (PostgreSQL manual,
        # "Multiple Statements in a Simple Query").
        begun = session.connection().exec_driver_sql(f"{first}; BEGIN" if first else "BEGIN")
        yield session, begun.one_or_none() if first else None


@contextmanager
def _session(pool: Engine) -> Iterator[Session]:
    with pool.begin() as connection, _Work(connection, expire_on_commit=False) as session:
        yield session
        # What entities still have to write; most work goes by the connection alone.
        if session.in_transaction():
            session.commit()


class _Work(Session):
    """A session in its connection's transaction: beginning one of its own would cost each request.

    Its `commit()` writes what entities still have to write; the connection's own commit ends the transaction.
    """

    def connection(self, *_: Any, **__: Any) -> Connection:
        """The connection it was made for."""
        return self.bind  # type: ignore[return-value] # never an engine


def is_outage(error: BaseException) -> bool:
    """Whether `error` tells of a database that is away or going down, rather than of a bad statement.

    No SQLSTATE means that the client never got an answer; classes 08 and 57P are connection failures and
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
