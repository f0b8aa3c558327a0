"""Ratings already recorded, drained through quota, ticket and three notifications each by two workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from shared.events import RatingRecorded
from shared.outbox.publish import publish
from tests.performance import cpu, floors, load
from tests.performance.crew import WORKER_PROCESSES, Crew, Pool, crew
from tests.performance.harness import Ground, ground, paused, seconds_until
from tests.performance.options import Options
from tests.performance.report import Result

_SIZE = 20_000
_EMPTY_TASKS = 5_000
_LONGEST = 900
_SINGLY = {"OUTBOX_BATCH_SIZE": "1"}
_SINGLY_SHARE = 20  # of the ratings: one message per job takes that much longer
_WARM_UP_SHARE = 10  # of the ratings again, drained before: connections, plans and code are in place


@dataclass(frozen=True, slots=True)
class _Drained:
    """Ratings a second, and processor seconds by kind of process."""

    rate: float
    cpu: Mapping[str, float]


@dataclass(slots=True)
class _Runs:
    """A sample of each figure per run."""

    empty: list[float] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)
    drained: list[_Drained] = field(default_factory=list)
    singly: list[_Drained] = field(default_factory=list)


def run(options: Options) -> Result:
    """Drain `options.size` ratings beside Celery's empty task, `options.repeat` times in turn."""
    size = options.size or _SIZE
    few = max(1, size // _SINGLY_SHARE)
    runs = _Runs()
    with ground() as here:
        loaded = load.make(size + size // _WARM_UP_SHARE)
        with here.connect() as connection:
            load.copy(connection, loaded)
        for number in range(options.repeat):
            with _waiting(here, f"run{number}", loaded.events, size, options.pool) as (team, connection):
                runs.commits.append(floors.commits(connection))
                runs.empty.append(floors.empty_tasks(here, team, _EMPTY_TASKS))
                runs.drained.append(_measure(here, team, connection, size))
                _check(connection, len(loaded.events))
            if options.one_message_per_job:
                events = loaded.events[: few + few // _WARM_UP_SHARE]
                with _waiting(here, f"singly{number}", events, few, options.pool, _SINGLY) as (
                    team,
                    connection,
                ):
                    runs.singly.append(_measure(here, team, connection, few))
                    _check(connection, len(events))
    return _result(options, size, runs)


def _result(options: Options, size: int, runs: _Runs) -> Result:
    result = Result(
        "pipeline",
        {
            "ratings": size,
            "stores": load.STORES,
            "empty tasks": _EMPTY_TASKS,
            "worker processes": WORKER_PROCESSES,
            "pool": options.pool,
        },
    )
    floor = result.add("Celery's empty task", "tasks/s", *runs.empty)
    ours = result.add(
        "ratings to tickets, 3 notifications each", "ratings/s", *(run.rate for run in runs.drained)
    )
    result.add_ratio("ratings over empty tasks", ours, floor)
    result.add("PostgreSQL commits, one connection", "commits/s", *runs.commits)
    for kind in runs.drained[0].cpu:
        spent = (run.cpu[kind] / size * 1e6 for run in runs.drained)
        result.add(f"processor time: {kind}", "µs/rating", *spent)
    if runs.singly:
        one = result.add("one message per job", "ratings/s", *(run.rate for run in runs.singly))
        result.add_ratio("batches over one message per job", ours, one)
    return result


@contextmanager
def _waiting(
    here: Ground,
    database: str,
    events: Sequence[RatingRecorded],
    measured: int,
    pool: Pool,
    settings: Mapping[str, str] | None = None,
) -> Iterator[tuple[Crew, psycopg.Connection]]:
    """A fresh copy of the loaded database with warm processes, and the last `measured` events waiting.

    The relay stands still inside; the events before them have been handled.
    """
    here.copy_database(database)
    with crew(here, database, pool, settings or {}) as team, here.connect(database) as connection:
        _publish(here, database, events[:-measured])
        _drain(connection, team)
        with paused([team.relay]):
            _publish(here, database, events[-measured:])
            connection.execute("VACUUM (ANALYZE) outbox")
            connection.execute("CHECKPOINT")
            yield team, connection


def _measure(here: Ground, team: Crew, connection: psycopg.Connection, measured: int) -> _Drained:
    """Let the relay go on, until nothing waits any more."""
    kinds = {"workers": team.workers, "relay": [team.relay]}
    kinds |= {child.name: [child] for child in here.engines.children()}
    before = cpu.seconds(kinds)
    team.relay.resume()
    seconds = _drain(connection, team)
    after = cpu.seconds(kinds)
    return _Drained(measured / seconds, {kind: after[kind] - before[kind] for kind in kinds})


def _publish(here: Ground, database: str, events: Sequence[RatingRecorded]) -> None:
    engine = create_engine(here.postgres.url_of(database))
    for chunk in load.chunks(events):
        with Session(engine) as session, session.begin():
            publish(session, chunk)
    engine.dispose()


def _drain(connection: psycopg.Connection, team: Crew) -> float:
    """Seconds from now until the outbox is empty. Raises `RuntimeError` when a job has failed."""

    def empty() -> bool:
        # By the primary key: a plain scan would read past all the dead rows each time.
        oldest = connection.execute("SELECT last_error FROM outbox ORDER BY id LIMIT 1").fetchone()
        if oldest and oldest[0]:
            raise RuntimeError(f"A job failed: {oldest[0]}")
        return oldest is None

    return seconds_until(empty, children=team.children, most=_LONGEST)


def _check(connection: psycopg.Connection, ratings: int) -> None:
    """Raises `RuntimeError` unless each rating became exactly one ticket and three notifications."""
    expected = {
        "SELECT count(*) FROM tickets": ratings,
        "SELECT count(*) FROM messages": ratings,
        "SELECT count(*) FROM notifications": load.SUPPORT_PEOPLE * ratings,
        "SELECT count(*) FROM ratings WHERE outcome = 'ticketed'": ratings,
        "SELECT count(*) FROM quota_ledger WHERE kind = 'consume'": ratings,
        "SELECT sum(used) FROM quota_periods": ratings,
        "SELECT sum(last_number) FROM ticket_counters": ratings,
    }
    for query, count in expected.items():
        row = connection.execute(query).fetchone()
        if row is None or row[0] != count:
            raise RuntimeError(f"{query}: {row and row[0]}, expected {count}.")
