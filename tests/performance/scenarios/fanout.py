"""Notifying fifty people of each answer of support, beside one COPY of the same lines and a task for each."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

import psycopg
from celery import Celery
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from deploy.local.host.child import Child
from deploy.local.processes.catalogue import worker
from shared.messaging.events import SupportReplied
from shared.messaging.outbox.publish import publish
from shared.messaging.routes import Queue
from tests.performance.harness import BenchEngines, bench_engines, paused, seconds_until
from tests.performance.options import Options
from tests.performance.people_sql import STORES_AND_PEOPLE
from tests.performance.report import Result
from tests.performance.workers import WORKER_PROCESSES, Workers, running_workers

SIZE = 1_000
SHORT = 20

_RECIPIENTS = 50
_STORES = 20
_ONE_EACH = 2_000
_WARM_UP = 50
_LONGEST = 600
_READY_SECONDS = 60
# By name: only a process that has its database's setting can import it.
_TASKS, _NOTIFY_ONE = "tests.performance.one_each", "performance.notify_one"

_WORLD = (
    STORES_AND_PEOPLE
    + """
    INSERT INTO tickets (id, store_id, number, kind, verdict, status, opened_by, created_at, last_activity_at)
    SELECT gen_random_uuid(), md5('store' || (1 + n %% %(stores)s))::uuid, n, 'generic', 'incorrect',
        'answered', md5('support')::uuid, now(), now()
    FROM generate_series(1, %(tickets)s) n;
    INSERT INTO messages (id, store_id, ticket_id, position, author_id, from_support, body, created_at)
    SELECT gen_random_uuid(), store_id, id, 1, md5('support')::uuid, true, 'Ya está.', now() FROM tickets;
    VACUUM (ANALYZE) stores; VACUUM (ANALYZE) people; VACUUM (ANALYZE) tickets; VACUUM (ANALYZE) messages;
"""
)
_REPLIES = """
    SELECT m.store_id, m.ticket_id, t.number, m.author_id AS actor_id, m.id AS message_id
    FROM messages m JOIN tickets t ON t.id = m.ticket_id ORDER BY t.number
"""
_FORGET = "TRUNCATE notifications"


@dataclass(slots=True)
class _Runs:
    """Lines a second, a sample of each way per run."""

    ours: list[float] = field(default_factory=list)
    copied: list[float] = field(default_factory=list)
    one_each: list[float] = field(default_factory=list)


def run(options: Options) -> Result:
    """Notify people of `options.size` answers, `options.repeat` times, each time beside both others."""
    size = options.size
    runs = _Runs()
    with bench_engines() as here:
        with here.connect() as connection:
            sizes = {"stores": _STORES, "each": _RECIPIENTS, "tickets": size + _WARM_UP}
            for statement in (_WORLD % sizes).split(";"):
                if statement.strip():
                    connection.execute(statement.encode())
            replies = _replies(connection)
        for number in range(options.repeat):
            _measure(here, f"run{number}", replies, options, runs)
    result = Result(
        "fanout",
        {
            "answers": size,
            "people notified of each": _RECIPIENTS,
            "tasks": options.times(_ONE_EACH),
            "worker processes": WORKER_PROCESSES,
            "pool": options.pool,
        },
    )
    ours = result.add("notified through outbox, relay and workers", "notifications/s", *runs.ours)
    floor = result.add("one COPY of the same lines, indexes and all", "notifications/s", *runs.copied)
    result.add_ratio("ours over COPY (target: 0.3)", ours, floor)
    tasks = result.add("a Celery task for each recipient", "notifications/s", *runs.one_each)
    result.add_ratio("ours over a task for each", ours, tasks)
    return result


def _replies(connection: psycopg.Connection) -> list[SupportReplied]:
    cursor = connection.cursor(row_factory=psycopg.rows.dict_row)
    return [SupportReplied(**row) for row in cursor.execute(_REPLIES)]


def _measure(
    here: BenchEngines, database: str, replies: Sequence[SupportReplied], options: Options, runs: _Runs
) -> None:
    here.copy_database(database)
    with here.connect(database) as connection:
        # E-mails are left out: what is measured is one line for each, as COPY writes it.
        with running_workers(here, database, options.pool, {"SMTP_URL": ""}) as workers:
            _seconds_to_notify(here, database, connection, workers, replies[:_WARM_UP])
            lines = _RECIPIENTS * (len(replies) - _WARM_UP)
            seconds = _seconds_to_notify(here, database, connection, workers, replies[_WARM_UP:])
            runs.ours.append(lines / seconds)
        with connection.cursor().copy("COPY notifications TO STDOUT") as lines_out:
            rows = b"".join(lines_out)
        connection.execute(_FORGET)
        connection.execute("CHECKPOINT")
        began = time.perf_counter()
        with connection.cursor().copy("COPY notifications FROM STDIN") as copying:
            copying.write(rows)
        runs.copied.append(lines / (time.perf_counter() - began))
        _check(connection, lines)
        tasks = options.times(_ONE_EACH)
        runs.one_each.append(tasks / _each_by_a_task(here, database, connection, tasks))


def _seconds_to_notify(
    here: BenchEngines,
    database: str,
    connection: psycopg.Connection,
    workers: Workers,
    replies: Sequence[SupportReplied],
) -> float:
    """Seconds until everyone has a notification of `replies`, published while the relay is paused."""
    connection.execute(_FORGET)
    with paused([workers.relay]):
        engine = create_engine(here.postgres.url_of(database))
        with Session(engine) as session, session.begin():
            publish(session, replies)
        engine.dispose()
        connection.execute("VACUUM (ANALYZE) outbox")
        connection.execute("CHECKPOINT")

    def done() -> bool:
        oldest = connection.execute("SELECT last_error FROM outbox ORDER BY id LIMIT 1").fetchone()
        if oldest and oldest[0]:
            raise RuntimeError(f"A job failed: {oldest[0]}")
        return oldest is None

    seconds = seconds_until(done, children=workers.children, most=_LONGEST)
    _check(connection, _RECIPIENTS * len(replies))
    return seconds


def _each_by_a_task(here: BenchEngines, database: str, connection: psycopg.Connection, tasks: int) -> float:
    """Seconds until as many workers as above have run a task for each of some recipients."""
    pairs = connection.execute(
        "SELECT p.id, p.store_id, t.id FROM people p JOIN tickets t USING (store_id) LIMIT %s", [tasks]
    ).fetchall()
    connection.execute(_FORGET)
    with ExitStack() as ending:
        workers = [_worker(here, database, ending)]
        with Celery(broker=here.engines.redis_url, set_as_current=False) as sender, paused(workers):
            for pair in pairs:
                sender.send_task(_NOTIFY_ONE, args=_texts(pair), queue=Queue.NOTIFICATIONS.value)
        with here.broker() as broker:
            queue = Queue.NOTIFICATIONS.value
            seconds = seconds_until(
                lambda: not broker.llen(queue) and not broker.hlen("unacked"), children=workers, most=_LONGEST
            )
    _check(connection, tasks)
    return seconds


def _worker(here: BenchEngines, database: str, ending: ExitStack) -> Child:
    """The worker, which knows the task instead of the consumers' work; stopped by `ending`."""
    process = worker(concurrency=WORKER_PROCESSES)
    process = replace(process, arguments=(*process.arguments, "--include", _TASKS))
    environment = here.environment(database)
    child = process.child(environment, log=here.folder / f"{database}-tasks.log")
    child.start()
    ending.callback(child.stop)
    child.wait_until(partial(process.is_ready, environment), _READY_SECONDS)
    return child


def _texts(ids: Sequence[UUID]) -> list[str]:
    return [str(one) for one in ids]


def _check(connection: psycopg.Connection, lines: int) -> None:
    """Raises `RuntimeError` unless there are exactly so many lines, one for each person and ticket."""
    found = connection.execute("SELECT count(*), count(DISTINCT (person_id, ticket_id)) FROM notifications")
    if (row := found.fetchone()) != (lines, lines):
        raise RuntimeError(f"{row} lines instead of {lines}.")
