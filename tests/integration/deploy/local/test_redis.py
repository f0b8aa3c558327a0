"""The embedded Redis: a broker that drops nothing, and that tests can take away."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis

from deploy.local.engines.redis_server import RedisServer
from tests.support.processes.servers import serving

Make = Callable[..., RedisServer]


@pytest.fixture
def make(folder: Path) -> Iterator[Make]:
    numbers = itertools.count()
    with ExitStack() as ending:

        def start(*, append_only: bool = False) -> RedisServer:
            server = RedisServer(folder / f"redis{next(numbers)}", append_only=append_only)
            return ending.enter_context(serving(server))

        yield start


def write(server: RedisServer, name: str, value: str) -> None:
    with redis.Redis.from_url(server.url) as client:
        client.set(name, value)


def read(server: RedisServer, name: str) -> object:
    with redis.Redis.from_url(server.url, decode_responses=True) as client:
        return client.get(name)


def test_it_never_makes_room_by_forgetting(make):
    with redis.Redis.from_url(make().url, decode_responses=True) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_append_only_data_is_there_after_a_restart(make):
    server = make(append_only=True)
    write(server, "stored", "yes")
    server.restart()
    assert read(server, "stored") == "yes"


def test_a_restart_can_come_back_empty_at_the_same_address(make):
    server = make(append_only=True)
    before = server.url
    write(server, "stored", "no")
    server.process.kill()
    server.restart(empty=True)
    assert server.url == before
    assert read(server, "stored") is None


def test_a_paused_server_keeps_the_caller_waiting(make):
    server = make()
    server.process.pause()
    with redis.Redis.from_url(server.url, socket_timeout=0.5) as client:
        with pytest.raises(redis.TimeoutError):
            client.ping()
        server.process.resume()
    assert read(server, "nothing") is None


def test_two_servers_do_not_take_each_other_for_themselves(make):
    first, second = make(), make()
    write(first, "whose", "first")
    assert read(second, "whose") is None


def test_a_server_left_over_is_ended_by_the_next_start(make):
    left_over = make()
    successor = RedisServer(left_over.folder)
    successor.start()
    assert left_over.process.wait(5)
    assert read(successor, "nothing") is None
    successor.stop()
