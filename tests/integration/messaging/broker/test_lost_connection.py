"""A worker whose Redis went away lets go of its connection, whatever it was in the middle of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection, Consumer, Queue

from deploy.local.engines.redis_server import RedisServer
from shared.messaging.broker.transport import GuardedTransport
from tests.support.processes.servers import serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis that nobody else needs."""
    with serving(RedisServer(tmp_path / "redis")) as made:
        yield made


@pytest.fixture
def connection(server: RedisServer) -> Connection:
    """As a worker has it: a message in hand, and on two channels the question for the next one."""
    made, taken = Connection(server.url, transport=GuardedTransport), []
    made.SimpleQueue("jobs").put("one")

    def take(_body: Any, message: Any) -> None:
        taken.append(message)

    for channel, queue in ((made.default_channel, "jobs"), (made.channel(), "others")):
        Consumer(channel, [Queue(queue)], callbacks=[take]).consume()
    with suppress(TimeoutError):
        while True:
            made.drain_events(timeout=0.2)
    assert len(taken) == 1
    return made


def test_what_was_given_up_is_closed_once_more_without_an_error(connection: Connection, server: RedisServer):
    """As Celery does; it ignores every error of `collect`, and of `close` only those of a lost connection."""
    server.process.kill()
    connection.collect(socket_timeout=1)
    connection.close()
