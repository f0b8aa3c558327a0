"""A Redis of its own for Celery: whatever goes through queues goes through that one alone."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import redis

from deploy.local.engines.redis_server import DATABASES
from deploy.local.processes import catalogue as system
from tests.integration.messaging.broker.raw_messages import envelope, push, question
from tests.support.waiting import until


@pytest.fixture
def broker_url(redis_url: str) -> Iterator[str]:
    """The last database of the server, which no other test uses."""
    url = urlsplit(redis_url)._replace(path=f"/{DATABASES - 1}").geturl()
    yield url
    with redis.Redis.from_url(url) as client:
        client.flushdb()


def test_messages_come_and_go_by_the_broker_and_leave_nothing_in_the_other(
    processes, db, redis_url, broker_url
):
    sent = question(db.shop().id)
    processes.start(system.relay(), system.worker(beat=True), BROKER_URL=broker_url)
    push(redis_url, "of nobody's concern")
    push(broker_url, envelope("questions.record", sent))
    until(lambda: db.count("questions") and db.count("heartbeats", "queue = 'quota'"))
    with redis.Redis.from_url(redis_url) as client:
        assert client.keys() == [b"inbound"]
