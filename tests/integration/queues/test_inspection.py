"""Operators and Flower ask workers how they are; the answer goes through the broker."""

from __future__ import annotations

from celery import Celery

from deploy.local.processes import worker
from shared.routes import Queue


def test_a_worker_tells_of_itself(processes):
    processes.start(worker())
    with Celery(broker=processes.environment["REDIS_URL"], set_as_current=False) as asking:
        inspect = asking.control.inspect(timeout=5, limit=1)
        (stats,) = (inspect.stats() or {}).values()
        (queues,) = (inspect.active_queues() or {}).values()
    assert stats["pool"]["max-concurrency"] == 2
    assert {queue["name"] for queue in queues} == set(Queue)
