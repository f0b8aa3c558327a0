"""What nothing of ours can be faster than: Celery's own empty task, PostgreSQL's own commit."""

from __future__ import annotations

import time

from celery import Celery
from kombu import Queue
from shared.routes import Queue as QueueName

from tests.performance.harness import Engines, paused, seconds_until
from tests.performance.workers import Crew

_TASK = "performance.empty"
_COMMITS = 500
_LONGEST = 600


def empty_tasks(engines: Engines, crew: Crew, messages: int) -> float:
    """Empty tasks a second: `messages` wait in Redis, then the crew's workers drain them."""
    sender = Celery(broker=engines.redis.url)
    queue = Queue(QueueName.QUOTA.value)
    before = _handled(sender)
    with sender.connection_for_write() as connection, connection.Producer() as producer:
        with paused(*crew.workers):
            for _ in range(messages):
                sender.send_task(_TASK, queue=queue, producer=producer)
        with engines.broker() as broker:
            seconds = seconds_until(
                lambda: not broker.llen(queue.name) and not broker.hlen("unacked"),
                children=crew.workers,
                most=_LONGEST,
            )
    handled = _handled(sender) - before
    if handled != messages:
        raise RuntimeError(f"{messages} empty tasks were sent, {handled} were run.")
    return messages / seconds


def commits(engines: Engines, database: str) -> float:
    """Transactions a second that write one small row each, one after another on one connection."""
    with engines.connect(database) as connection:
        connection.execute("CREATE TABLE floor_commits (number int)")
        began = time.perf_counter()
        for number in range(_COMMITS):
            connection.execute("INSERT INTO floor_commits VALUES (%s)", [number])
        return _COMMITS / (time.perf_counter() - began)


def _handled(sender: Celery) -> int:
    workers = sender.control.inspect(timeout=2).stats() or {}
    return sum(worker["total"].get(_TASK, 0) for worker in workers.values())
