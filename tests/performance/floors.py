"""What nothing of ours can be faster than: Celery's own empty task, PostgreSQL's own commit."""

from __future__ import annotations

import time

import psycopg
from celery import Celery

from shared.messaging.routes import Queue
from tests.performance.harness import BenchEngines, paused, seconds_until
from tests.performance.workers import Workers

_TASK = "performance.empty"
_COMMITS = 500
_LONGEST = 600


def empty_tasks(engines: BenchEngines, workers: Workers, messages: int) -> float:
    """Empty tasks a second: `messages` wait in Redis, then the workers drain them.

    Raises `RuntimeError` unless the workers say that they ran exactly those.
    """
    queue = Queue.QUOTA.value
    with Celery(broker=engines.engines.redis_url, set_as_current=False) as sender:
        before = _ran(sender)
        with paused(workers.workers):
            for _ in range(messages):
                sender.send_task(_TASK, queue=queue)
        with engines.broker() as broker:
            seconds = seconds_until(
                # Waiting, or taken by a worker and not acknowledged yet.
                lambda: not broker.llen(queue) and not broker.hlen("unacked"),
                children=workers.workers,
                most=_LONGEST,
            )
        ran = _ran(sender) - before
    if ran != messages:
        raise RuntimeError(f"{messages} empty tasks were sent, {ran} were run.")
    return messages / seconds


def commits(connection: psycopg.Connection) -> float:
    """Transactions a second that write one small row each, one after another."""
    connection.execute("CREATE TABLE floor_commits (number int)")
    began = time.perf_counter()
    for number in range(_COMMITS):
        connection.execute("INSERT INTO floor_commits VALUES (%s)", [number])
    return _COMMITS / (time.perf_counter() - began)


def _ran(sender: Celery) -> int:
    workers = sender.control.inspect(timeout=2).stats() or {}
    return sum(worker["total"].get(_TASK, 0) for worker in workers.values())
