"""Fixtures that every kind of test shares: engines, databases, processes.

The engines start when the first test asks for them. Each xdist worker has a database and a Redis database
of its own, which the settings name from the start, and which are emptied before each test that asks.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from deploy.local.engines.embedded import Engines
from deploy.local.engines.scratch import scratch_folder
from deploy.local.host.ports import Ports
from deploy.local.processes.environment import environment
from shared.db import migrations
from shared.db.engine import engine, restricted_engine
from tests.support.processes import databases
from tests.support.processes.engine_host import EngineHost, Place
from tests.support.processes.running import Processes

_place = pytest.StashKey[Place]()
_worker = pytest.StashKey[str]()
_folder = pytest.StashKey[Path]()
_ending = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Host the engines, or learn where they are hosted; set the settings before they are imported."""
    ending = config.stash[_ending] = ExitStack()
    folder = config.stash[_folder] = ending.enter_context(scratch_folder())
    worker_input: dict[str, Any] | None = getattr(config, "workerinput", None)
    if worker_input is None:
        host = EngineHost(folder)
        ending.callback(host.stop)
        place, worker = host.place, "main"
    else:
        place, worker = Place(**worker_input["place"]), worker_input["workerid"]
    config.stash[_place], config.stash[_worker] = place, worker
    os.environ.update(  # noqa: TID251 - here the settings are made
        environment(
            database_url=place.database_url_for(worker),
            redis_url=place.redis_url_for(worker),
            data_dir=folder,
            ports=Ports.free(),
        ),
        API_DATABASE_URL="",
        # A relay that looks for jobs every 20 ms takes a tenth of a core while idle, and several run.
        OUTBOX_POLL_MS="120",
        # Whatever the local mode makes easy, a test asks for.
        SMTP_URL="",
        WEBHOOK_ALLOW_LOOPBACK="false",
        WEBHOOK_PORTS="443",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as cores: a third of the time, tests wait for programs to start and end."""
    return len(os.sched_getaffinity(0)) * 3 // 2 or 1


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Pass the engines' addresses to an xdist worker."""
    node.workerinput["place"] = node.config.stash[_place].as_dict()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    config.stash[_ending].close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the logs of a failed test's processes."""
    report = yield
    if report.failed:
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, Processes):
                report.sections += [(f"log of {name}", text) for name, text in value.logs().items()]
    return report


@pytest.fixture(scope="session")
def engines(pytestconfig: pytest.Config) -> Iterator[Place]:
    """Running engines with this worker's own, migrated database; not emptied."""
    place = pytestconfig.stash[_place]
    place.ask_for(pytestconfig.stash[_worker])
    yield place
    for pool in (engine, restricted_engine):
        if pool.cache_info().currsize:
            pool().dispose()


@pytest.fixture(scope="session")
def database(engines: Place, pytestconfig: pytest.Config) -> Iterator[Engine]:
    """A connection to this worker's database that lasts, for what many tests do."""
    lasting = databases.stay(engines.database_url_for(pytestconfig.stash[_worker]))
    yield lasting
    lasting.dispose()


@pytest.fixture
def database_url(database: Engine) -> str:
    """A migrated database without rows, but for those that migrations put in; `transaction()` works on it."""
    with database.begin() as connection:
        databases.restore(connection)
    return database.url.render_as_string(hide_password=False)


@pytest.fixture
def redis_url(engines: Place, pytestconfig: pytest.Config) -> str:
    """An empty Redis database."""
    url = engines.redis_url_for(pytestconfig.stash[_worker])
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A session on this worker's database, rolled back at the end; what a test commits stays for it."""
    with Session(engine(), expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def processes(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Processes]:
    """Starts real processes on this worker's engines; all are killed at the end."""
    with _running(Processes(tmp_path, database_url=database_url, redis_url=redis_url)) as started:
        yield started


@pytest.fixture(scope="module")
def module_processes(
    engines: Place, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Processes]:
    """As `processes`, for all tests of a file; a test that needs empty tables asks for `database_url`."""
    worker = pytestconfig.stash[_worker]
    started = Processes(
        tmp_path_factory.mktemp("processes"),
        database_url=engines.database_url_for(worker),
        redis_url=engines.redis_url_for(worker),
    )
    with _running(started):
        yield started


@pytest.fixture
def private_engines() -> Iterator[Engines]:
    """Engines of the test's own, durable and migrated as those of `make up`: to be killed and paused."""
    with scratch_folder() as folder, Engines(folder, redis_append_only=True) as started:
        migrations.upgrade(started.database_url)
        yield started


@pytest.fixture
def private_processes(private_engines: Engines, tmp_path: Path) -> Iterator[Processes]:
    """Starts real processes on `private_engines`; all are killed at the end."""
    urls = {"database_url": private_engines.database_url, "redis_url": private_engines.redis_url}
    with _running(Processes(tmp_path, **urls)) as started:
        yield started


@contextmanager
def _running(started: Processes) -> Iterator[Processes]:
    try:
        yield started
        assert not started.crashed(), f"ended by an error: {started.logs()}"
    finally:
        started.kill_all()
