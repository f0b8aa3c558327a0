"""A unit of work: the rows and events that rules collect, written by one statement.

An entry point opens it, rules add to it, and it is flushed before the transaction commits. One statement for
a ticket, its message, its timeline and its jobs costs one round trip instead of four (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import DeclarativeBase, Session

from shared.db.bulk_insert import Rows, insert_together
from shared.db.models import OutboxRow
from shared.messaging.events import AnyEvent
from shared.messaging.outbox.publish import outbox_rows


class UnitOfWork:
    """What is still to be written in the transaction of `session`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._rows: list[Rows] = []
        self._events: list[AnyEvent] = []

    def insert(self, model: type[DeclarativeBase], rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows of one table, all with the same keys."""
        self._rows.append((model, list(rows)))

    def publish(self, events: Iterable[AnyEvent]) -> None:
        """Add events; each becomes a job for every consumer of the routing table."""
        self._events.extend(events)

    def flush(self) -> None:
        """Write changed entities, then all rows and jobs that were added, by one statement.

        A rule that needs its rows in the database calls it early; what is added later is flushed later.
        """
        rows, self._rows = self._rows, []
        events, self._events = self._events, []
        self.session.flush()
        insert_together(self.session, [*rows, (OutboxRow, outbox_rows(events))])


@contextmanager
def unit_of_work(session: Session) -> Iterator[UnitOfWork]:
    """A unit of work of `session`, flushed at the end of the block; not where the block raises."""
    work = UnitOfWork(session)
    yield work
    work.flush()
