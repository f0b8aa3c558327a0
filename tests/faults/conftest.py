"""The whole system on engines of its own, of which any part may be killed, stopped or emptied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

import psycopg
import pytest
import redis

from deploy.local.engines.embedded import Engines
from deploy.local.engines.postgres import Postgres
from deploy.local.engines.redis_server import RedisServer
from deploy.local.engines.scratch import scratch_folder
from deploy.local.host.child import Child
from deploy.local.processes import catalogue as local
from shared.messaging.routes import Queue
from tests.support.clients.http import Client
from tests.support.clients.load import rate_all
from tests.support.factories.database import Database, StoreFixture
from tests.support.processes import databases
from tests.support.processes.running import Processes

DATABASE = "system"
LEASE_SECONDS = "2"


class System:
    """Engines and processes by name, and the people who go on working meanwhile."""

    def __init__(self, engines: Engines, processes: Processes) -> None:
        assert isinstance(engines.postgres, Postgres)
        assert isinstance(engines.redis, RedisServer)
        self.postgres, self.redis = engines.postgres, engines.redis
        self.processes = processes
        self.database_url = processes.environment["DATABASE_URL"]
        self.db = Database(self.database_url)

    def start(self, *names: str) -> None:
        """Start those of `api`, `relay` and `worker` that don't run, and wait until they are ready."""
        kinds = {"api": local.api, "relay": local.relay, "worker": local.worker}
        self.processes.start(*(kinds[name]() for name in names))

    def run_all(self) -> None:
        """Bring back what the test before left ended or paused."""
        for engine in (self.postgres, self.redis):
            if engine.process.running:
                engine.process.resume()
            else:
                engine.start()
        ended = [name for name in ("api", "relay", "worker") if not self._runs(name)]
        self.start(*ended)

    def _runs(self, name: str) -> bool:
        try:
            child: Child = self.processes[name]
        except KeyError:
            return False
        child.resume()
        return child.running

    def kill(self, name: str) -> None:
        """`kill -9` a process and all it started."""
        self.processes[name].kill()

    def rate(self, shop: StoreFixture, questions: Sequence[UUID]) -> None:
        """Rate all questions over HTTP; each is answered 202."""
        rate_all(self.processes.api_url, shop.seller, questions)

    def client(self, person: UUID) -> Client:
        """A person at the API."""
        return Client(self.processes.api_url, person)

    def broker(self) -> redis.Redis:
        """A client of the broker, beside the system's own."""
        return redis.Redis.from_url(self.redis.url)

    def waiting_messages(self) -> int:
        """Messages in all queues that no worker has taken."""
        with self.broker() as client:
            return sum(client.llen(queue.value) for queue in Queue)

    def database(self) -> psycopg.Connection:
        """A connection of the test's own, to hold locks with."""
        return psycopg.connect(self.database_url.replace("+psycopg", ""))


@pytest.fixture(scope="module")
def _engines() -> Iterator[Engines]:
    with scratch_folder() as folder, Engines(folder, redis_append_only=True) as started:
        databases.make_template(started.database_url, DATABASE)
        yield started


@pytest.fixture(scope="module")
def _processes(_engines: Engines, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    made = Processes(
        tmp_path_factory.mktemp("processes"),
        database_url=databases.url_of(_engines.database_url, DATABASE),
        redis_url=_engines.redis_url,
        OUTBOX_LEASE_SECONDS=LEASE_SECONDS,
    )
    yield made
    made.kill_all()


@pytest.fixture
def system(_engines: Engines, _processes: Processes) -> Iterator[System]:
    """A running system without rows or messages."""
    made = System(_engines, _processes)
    made.run_all()
    databases.restore_template(made.database_url)
    with made.broker() as client:
        client.flushall()
    yield made
    assert not _processes.crashed(), f"ended by an error: {_processes.logs()}"


@pytest.fixture
def db(system: System) -> Database:
    """What is in the system's database."""
    return system.db
