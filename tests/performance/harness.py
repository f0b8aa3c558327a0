"""Fresh engines in a temporary folder, loaded once and copied for each run; waiting and holding still."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis
from psycopg import sql

from deploy.local.engines.embedded import Engines
from deploy.local.engines.postgres import Postgres
from deploy.local.host.child import Child
from deploy.local.host.ports import Ports
from deploy.local.processes.environment import Secrets, environment
from shared.db.migrations import upgrade
from tests.support.configured import configured

_POLL_SECONDS = 0.02


class BenchEngines:
    """Engines as `make up` has them, whose first database is migrated and is copied for each run."""

    def __init__(self, folder: Path, engines: Engines) -> None:
        if not isinstance(engines.postgres, Postgres):
            raise TypeError("measuring needs an embedded PostgreSQL of its own")
        self.folder = folder
        self.engines = engines
        self.postgres = engines.postgres

    def connect(self, database: str = "") -> psycopg.Connection:
        """A connection in autocommit mode to `database`, by default to the one that is copied."""
        url = self.postgres.url_of(database or self.postgres.database)
        return psycopg.connect(url.replace("postgresql+psycopg", "postgresql"), autocommit=True)

    def copy_database(self, name: str, of: str = "") -> None:
        """Make `name` as a copy of the loaded database, or of another; on disk before anyone measures."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
            sql.Identifier(name), sql.Identifier(of or self.postgres.database)
        )
        with self.connect("postgres") as connection:
            connection.execute(statement)
            connection.execute("CHECKPOINT")

    @contextmanager
    def copied(self, of: str) -> Iterator[str]:
        """Name of a copy of the database `of`, which is gone at the end."""
        name = f"{of}_copy"
        self.copy_database(name, of)
        yield name
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))

    def broker(self) -> redis.Redis:
        """A client of the broker's database."""
        return redis.Redis.from_url(self.engines.redis_url, decode_responses=True)

    def environment(self, database: str) -> dict[str, str]:
        """Every process's settings to work on `database`, as `make up` sets them; ports are free ones."""
        return environment(
            database_url=self.postgres.url_of(database),
            redis_url=self.engines.redis_url,
            data_dir=self.folder,
            ports=Ports.free(),
        )


@contextmanager
def bench_engines() -> Iterator[BenchEngines]:
    """Running engines, gone with all they held at the end."""
    with tempfile.TemporaryDirectory(prefix="botmeni-bench-") as name:
        folder = Path(name)
        with Engines(folder, redis_append_only=True) as engines:
            upgrade(engines.database_url)
            # For what is published from here: where to, and the settings that cannot be left out.
            secret = Secrets.of(folder).secret_key
            with configured(
                database_url=engines.database_url, redis_url=engines.redis_url, secret_key=secret
            ):
                yield BenchEngines(folder, engines)


@contextmanager
def paused(children: Sequence[Child]) -> Iterator[None]:
    """Hold the processes where they stand while the work for them is laid out."""
    for child in children:
        child.pause()
    try:
        yield
    finally:
        for child in children:
            child.resume()


def seconds_until(done: Callable[[], bool], *, children: Sequence[Child], most: float) -> float:
    """Seconds from now until `done()`, looked at every 20 ms.

    Raises `RuntimeError` when a child ends meanwhile or `most` seconds are over.
    """
    began = time.perf_counter()
    while not done():
        time.sleep(_POLL_SECONDS)
        for child in children:
            if not child.running:
                raise RuntimeError(f"{child.name} ended with code {child.exit_code}.\n{child.output()}")
        if time.perf_counter() - began > most:
            raise RuntimeError(f"Not done after {most:g} s.")
    return time.perf_counter() - began
