"""Fresh engines in a temporary folder, and the system's own processes on them."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import psycopg
import redis
from deploy.local.child import Child
from deploy.local.postgres import Postgres
from deploy.local.redis_server import RedisServer
from psycopg import sql
from shared.migrations import upgrade

POLL_SECONDS = 0.01
_START_SECONDS = 60


class Engines:
    """A PostgreSQL and a Redis of our own, as `make up` starts them, gone with the folder at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = Postgres(folder / "postgres", database="template")
        self.redis = RedisServer(folder / "redis")

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        """Started engines whose database `template` is migrated and empty."""
        with tempfile.TemporaryDirectory(prefix="botmeni-bench-") as folder, ExitStack() as stack:
            Path(folder).chmod(0o755)
            engines = cls(Path(folder))
            stack.callback(engines.postgres.stop)
            engines.postgres.start()
            stack.callback(engines.redis.stop)
            engines.redis.start()
            upgrade(engines.postgres.url)
            yield engines

    def connect(self, database: str = "template") -> psycopg.Connection:
        """A connection in autocommit mode."""
        url = self.postgres.url_of(database).replace("postgresql+psycopg", "postgresql")
        return psycopg.connect(url, autocommit=True)

    def clone(self, name: str) -> None:
        """Make the database `name` as a copy of `template`, written out to disk before anyone measures."""
        with self.connect("postgres") as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template STRATEGY file_copy").format(sql.Identifier(name))
            )
            connection.execute("CHECKPOINT")

    def broker(self) -> redis.Redis:
        """A client of the broker's database."""
        return redis.Redis.from_url(self.redis.url, decode_responses=True)

    def environment(self, database: str, settings: Mapping[str, str]) -> dict[str, str]:
        """What a process of the system needs to know to work on `database`; `settings` go first."""
        return {
            **os.environ,
            "DATABASE_URL": self.postgres.url_of(database),
            "REDIS_URL": self.redis.url,
            "DATA_DIR": str(self.folder),
            "ENVIRONMENT": "local",
            "SECRET_KEY": "a key for the time of one measurement",
            **settings,
        }


@contextmanager
def process(
    name: str, *arguments: str, environment: Mapping[str, str], folder: Path, ready: str
) -> Iterator[Child]:
    """`python -m *arguments`, running once it has written `ready`; stopped at the end."""
    child = Child(name, [sys.executable, "-m", *arguments], log=folder / f"{name}.log", environment=environment)
    child.start()
    try:
        child.wait_until(lambda: ready in child.output(), _START_SECONDS)
        yield child
    finally:
        child.stop()


@contextmanager
def paused(*children: Child) -> Iterator[None]:
    """Hold the processes where they stand while the work for them is laid out."""
    for child in children:
        child.pause()
    try:
        yield
    finally:
        for child in children:
            child.resume()


def seconds_until(done: Callable[[], bool], *, children: tuple[Child, ...], most: float) -> float:
    """Seconds from now until `done()`, looked at every 10 ms.

    Raises `RuntimeError` when a child ends meanwhile or `most` seconds are over.
    """
    began = time.perf_counter()
    while not done():
        time.sleep(POLL_SECONDS)
        for child in children:
            if not child.running:
                raise RuntimeError(f"{child.name} ended with code {child.exit_code}.\n{child.output()}")
        if time.perf_counter() - began > most:
            raise RuntimeError(f"Not done after {most:g} s.")
    return time.perf_counter() - began
