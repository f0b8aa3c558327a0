"""The database engines of a process: two connection pools, one for each role, and their event listeners."""

from __future__ import annotations

import functools
import select
from typing import Any

from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import DisconnectionError

from shared.config.settings import settings

API_ROLE = "botmeni_api"
"""The API's role, which row security restricts; in production it is the role API_DATABASE_URL signs in as."""

_SET_API_ROLE = f"-c role={API_ROLE}"

# poll(2) reports a closed peer by POLLRDHUP on Linux; other systems report POLLHUP whatever is asked for.
_HUNG_UP = getattr(select, "POLLRDHUP", 0)


@functools.cache
def engine() -> Engine:
    """The pool of DATABASE_URL. It connects on first use; a forked process must clear this cache."""
    return _create_engine(settings().database_url)


@functools.cache
def restricted_engine() -> Engine:
    """The pool of the API's role: by API_DATABASE_URL, or by DATABASE_URL with the role set after sign-in.

    Its driver sends no BEGIN: `restricted_transaction()` sends its own.
    """
    config = settings()
    if config.api_database_url:
        return _create_engine(config.api_database_url, driver_begins=False)
    return _create_engine(config.database_url, _SET_API_ROLE, driver_begins=False)


def _create_engine(url: str, options: str = "", *, driver_begins: bool = True) -> Engine:
    """A pool for `url`; `options` are added to those every connection has.

    `driver_begins`: whether the driver sends BEGIN before the first statement of a transaction.
    """
    config = settings()
    created = create_engine(
        url,
        pool_size=config.database_pool_size,
        max_overflow=0,
        pool_timeout=config.lock_timeout_ms / 1000,
        pool_pre_ping=False,
        # Keeps what people wrote out of logs.
        hide_parameters=True,
        isolation_level=None if driver_begins else "AUTOCOMMIT",
        connect_args={
            "application_name": "botmeni-tickets",
            "connect_timeout": 5,
            "options": f"-c statement_timeout={config.statement_timeout_ms}"
            f" -c lock_timeout={config.lock_timeout_ms}"
            f" -c idle_in_transaction_session_timeout=60000 -c timezone=UTC {options}".rstrip(),
        },
    )
    event.listen(created, "handle_error", _remove_values_from_error)
    event.listen(created, "checkout", _replace_closed_connection)
    return created


def _replace_closed_connection(connection: Any, *_: object) -> None:
    """Make the pool replace a connection that its server closed: poll(2) shows it without a round trip."""
    poll = select.poll()
    # Only for a closed peer: on a sound connection there may be something to read.
    poll.register(connection.fileno(), _HUNG_UP)
    if poll.poll(0):
        raise DisconnectionError("PostgreSQL has closed the connection.")


def _remove_values_from_error(context: ExceptionContext) -> None:
    """Remove what people wrote from a database error, because errors are stored on dead jobs and logged.

    PostgreSQL quotes values in an error's detail, hint and context, and in the first line of class 22 (data
    exceptions; manual, appendix A). The code and the names of table, column and constraint are left.
    """
    original = context.original_exception
    state, diagnosis = getattr(original, "sqlstate", None), getattr(original, "diag", None)
    if state is None or diagnosis is None:
        return
    message = type(original).__name__ if state.startswith("22") else diagnosis.message_primary
    names = [diagnosis.table_name, diagnosis.column_name, diagnosis.constraint_name]
    original.args = (" ".join(filter(None, [f"{message} ({state})", *names])),)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = original.args
