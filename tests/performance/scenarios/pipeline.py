"""Ratings already recorded, drained through quota, ticket and three notifications each by two workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import psycopg
from shared.events import RatingRecorded
from shared.outbox.publish import publish
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.performance import floors, load
from tests.performance.harness import Engines, paused, seconds_until
from tests.performance.options import Options
from tests.performance.report import Result
from tests.performance.workers import Crew, crew

_SIZE = 20_000
_FLOOR_MESSAGES = 5_000
_LONGEST = 900
_SINGLY = {"OUTBOX_BATCH_SIZE": "1"}
_SINGLY_SHARE = 20  # of the ratings: one message per job takes that much longer


def run(options: Options) -> Result:
    """Drain `options.size` ratings beside Celery's empty task, `options.repeat` times in turn."""
    size = options.size or _SIZE
    result = Result("pipeline", {"ratings": size, "stores": load.STORES, "empty tasks": _FLOOR_MESSAGES})
    empty, ours, singly, commits = [], [], [], []
    with Engines.running() as engines:
        ratings = load.make(size)
        with engines.connect() as connection:
            load.copy(connection, ratings)
        for number in range(options.repeat):
            floor, rate, commit = _measure(engines, f"run{number}", ratings.events)
            empty.append(floor)
            ours.append(rate)
            commits.append(commit)
            if options.one_message_per_job:
                few = ratings.events[: max(1, size // _SINGLY_SHARE)]
                singly.append(_measure(engines, f"singly{number}", few, _SINGLY)[1])
    floor_figure = result.add("Celery's empty task", "tasks/s", *empty)
    figure = result.add("ratings to tickets and 3 notifications each", "ratings/s", *ours)
    result.add_ratio("ratings over empty tasks", figure, floor_figure)
    result.add("PostgreSQL commits, one connection", "commits/s", *commits)
    if singly:
        one = result.add("the same, one message per job", "ratings/s", *singly)
        result.add_ratio("batches over one message per job", figure, one)
    return result


def _measure(
    engines: Engines, database: str, events: Sequence[RatingRecorded], settings: Mapping[str, str] | None = None
) -> tuple[float, float, float]:
    """Empty tasks, ratings and bare commits a second, on a fresh copy of the loaded database."""
    engines.clone(database)
    with crew(engines, database, settings or {}) as processes, engines.connect(database) as connection:
        with paused(processes.relay):
            _publish(engines, database, events)
            connection.execute("VACUUM (ANALYZE) outbox")
            connection.execute("CHECKPOINT")
            commit_rate = floors.commits(engines, database)
            floor = floors.empty_tasks(engines, processes, _FLOOR_MESSAGES)
        rate = len(events) / _drain(connection, processes)
        _check(connection, len(events))
    return floor, rate, commit_rate


def _publish(engines: Engines, database: str, events: Sequence[RatingRecorded]) -> None:
    engine = create_engine(engines.postgres.url_of(database))
    for chunk in load.chunks(events):
        with Session(engine) as session, session.begin():
            publish(session, chunk)
    engine.dispose()


def _drain(connection: psycopg.Connection, processes: Crew) -> float:
    def empty() -> bool:
        # By the primary key: a plain scan would read past all the dead rows each time.
        return connection.execute("SELECT id FROM outbox ORDER BY id LIMIT 1").fetchone() is None

    return seconds_until(empty, children=(processes.relay, *processes.workers), most=_LONGEST)


def _check(connection: psycopg.Connection, ratings: int) -> None:
    """Raises `RuntimeError` unless each rating became exactly one ticket and three notifications."""
    expected = {
        "SELECT count(*) FROM tickets": ratings,
        "SELECT count(*) FROM messages": ratings,
        "SELECT count(*) FROM notifications": load.SUPPORT_PEOPLE * ratings,
        "SELECT count(*) FROM ratings WHERE outcome = 'ticketed'": ratings,
        "SELECT count(*) FROM quota_ledger": ratings,
        "SELECT sum(used) FROM quota_periods": ratings,
        "SELECT sum(last_number) FROM ticket_counters": ratings,
    }
    for query, count in expected.items():
        row = connection.execute(query).fetchone()
        if row is None or row[0] != count:
            raise RuntimeError(f"{query}: {row and row[0]}, expected {count}.")
