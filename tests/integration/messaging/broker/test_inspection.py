"""Operators and Flower ask workers how they are; the answer goes through the broker."""

from __future__ import annotations

import pytest
from celery import Celery

from deploy.local.processes.catalogue import worker
from shared.messaging.broker.selection import transport_for
from shared.messaging.routes import Queue


@pytest.mark.parametrize("sanitizing", [False, True], ids=["bare", "our_transport"])
def test_a_worker_describes_itself(processes, sanitizing):
    processes.start(worker())
    url = processes.environment["REDIS_URL"]
    with Celery(broker=url, set_as_current=False) as asking:
        asking.conf.broker_transport = transport_for(url) if sanitizing else None
        inspect = asking.control.inspect(timeout=5, limit=1)
        (stats,) = (inspect.stats() or {}).values()
        (queues,) = (inspect.active_queues() or {}).values()
    assert stats["pool"]["max-concurrency"] == 2
    assert {queue["name"] for queue in queues} == set(Queue)
