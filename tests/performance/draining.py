"""Ratings waiting as events, drained through quota, ticket and three notifications each, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.publish import publish
from tests.performance import cpu, load
from tests.performance.harness import BenchEngines, paused, seconds_until
from tests.performance.workers import Pool, Workers, running_workers

_LONGEST = 900
_PER_RATING = {
    "SELECT count(*) FROM tickets": 1,
    "SELECT count(*) FROM messages": 1,
    "SELECT count(*) FROM notifications": load.SUPPORT_PEOPLE,
    "SELECT count(*) FROM ratings WHERE outcome = 'ticketed'": 1,
    "SELECT count(*) FROM quota_ledger WHERE kind = 'consume'": 1,
    "SELECT coalesce(sum(used), 0) FROM quota_periods": 1,
    "SELECT coalesce(sum(last_number), 0) FROM ticket_counters": 1,
}


@dataclass(frozen=True, slots=True)
class Drained:
    """Ratings a second, and processor seconds for each by kind of process."""

    rate: float
    cpu: Mapping[str, float]


@contextmanager
def waiting(
    here: BenchEngines,
    database: str,
    events: Sequence[RatingUnitRequested],
    measured: int,
    pool: Pool,
    settings: Mapping[str, str] | None = None,
) -> Iterator[tuple[Workers, psycopg.Connection]]:
    """Warm processes on `database`, where the last `measured` events wait and those before are handled.

    The relay stands still inside. At the end all must be handled: raises `RuntimeError` unless each rating
    became exactly one ticket and three notifications.
    """
    with (
        running_workers(here, database, pool, settings or {}) as workers,
        here.connect(database) as connection,
    ):
        before = _tally(connection)
        _publish(here, database, events[:-measured])
        _drain(connection, workers)
        with paused([workers.relay]):
            _publish(here, database, events[-measured:])
            connection.execute("VACUUM (ANALYZE) outbox")
            connection.execute("CHECKPOINT")
            yield workers, connection
        for query, count in _tally(connection).items():
            expected = before[query] + _PER_RATING[query] * len(events)
            if count != expected:
                raise RuntimeError(f"{query}: {count}, expected {expected}.")


def drain(here: BenchEngines, workers: Workers, connection: psycopg.Connection, measured: int) -> Drained:
    """Let the relay go on, until nothing waits any more. Raises `RuntimeError` when a job has failed."""
    kinds = {"workers": workers.workers, "relay": [workers.relay]}
    kinds |= {child.name: [child] for child in here.engines.children()}
    before = cpu.seconds(kinds)
    workers.relay.resume()
    seconds = _drain(connection, workers)
    after = cpu.seconds(kinds)
    return Drained(measured / seconds, {kind: (after[kind] - before[kind]) / measured for kind in kinds})


def _publish(here: BenchEngines, database: str, events: Sequence[RatingUnitRequested]) -> None:
    engine = create_engine(here.postgres.url_of(database))
    for chunk in load.chunks(events):
        with Session(engine) as session, session.begin():
            publish(session, chunk)
    engine.dispose()


def _drain(connection: psycopg.Connection, workers: Workers) -> float:
    """Seconds from now until the outbox is empty."""

    def empty() -> bool:
        # By the primary key: a plain scan would read past all the dead rows each time.
        oldest = connection.execute("SELECT last_error FROM outbox ORDER BY id LIMIT 1").fetchone()
        if oldest and oldest[0]:
            raise RuntimeError(f"A job failed: {oldest[0]}")
        return oldest is None

    return seconds_until(empty, children=workers.children, most=_LONGEST)


def _tally(connection: psycopg.Connection) -> dict[str, int]:
    """What each query of `_PER_RATING` counts."""
    found = {query: connection.execute(query.encode()).fetchone() for query in _PER_RATING}
    return {query: int(row[0]) for query, row in found.items() if row}
