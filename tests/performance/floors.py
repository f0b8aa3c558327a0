"""What nothing of ours can be faster than: Celery's own empty task, PostgreSQL's own commit."""

from __future__ import annotations

import time

import psycopg
from celery import Celery

from shared.messaging.routes import Queue
from tests.performance.crew import Crew
from tests.performance.harness import Ground, paused, seconds_until

_TASK = "performance.empty"
_COMMITS = 500
_LONGEST = 600


def empty_tasks(ground: Ground, crew: Crew, messages: int) -> float:
    """Empty tasks a second: `messages` wait in Redis, then the crew's workers drain them.

    Raises `RuntimeError` unless the workers say that they ran exactly those.
    """
    queue = Queue.QUOTA.value
    with Celery(broker=ground.engines.redis_url, set_as_current=False) as sender:
        before = _ran(sender)
        with paused(crew.workers):
            for _ in range(messages):
                sender.send_task(_TASK, queue=queue)
        with ground.broker() as broker:
            seconds = seconds_until(
                # Waiting, or taken by a worker and not acknowledged yet.
                lambda: not broker.llen(queue) and not broker.hlen("unacked"),
                children=crew.workers,
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
