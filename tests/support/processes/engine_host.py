"""One PostgreSQL and one Redis for a whole test run, started when the first test asks.

The pytest process that the person started hosts them; it and its xdist workers ask over a socket.
"""

from __future__ import annotations

import threading
import uuid
from dataclasses import asdict, dataclass
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deploy.local.engines.embedded import Engines
from deploy.local.options import Options
from tests.support.processes import databases

# Tests need no durability; those that do have engines of their own (`private_engines`).
_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "300"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the engines are, or will be; plain values, passed to xdist workers."""

    run: str
    socket: str
    database_url: str
    redis_url: str
    own_engines: bool

    def database_for(self, worker: str) -> str:
        """Name of a worker's database; the run's id keeps runs on one server apart."""
        return f"test_{self.run}_{worker}"

    def database_url_for(self, worker: str) -> str:
        """URL of a worker's database."""
        return databases.url_of(self.database_url, self.database_for(worker))

    def redis_url_for(self, worker: str) -> str:
        """URL of a worker's Redis database: from 1 up, so that database 0 of a named server is let be."""
        number = int(worker.removeprefix("gw")) + 1 if worker.startswith("gw") else 1
        return urlsplit(self.redis_url)._replace(path=f"/{number}").geturl()

    def ask_for(self, worker: str) -> None:
        """Have the engines started, if they are not, and this worker's database made.

        Raises `RuntimeError` with the host's reason.
        """
        with Client(self.socket, "AF_UNIX") as connection:
            connection.send(worker)
            problem = connection.recv()
        if problem:
            raise RuntimeError(problem)

    def as_dict(self) -> dict[str, Any]:
        """For a channel that carries plain values."""
        return asdict(self)


class EngineHost:
    """Serves `Place.ask_for` until stopped."""

    def __init__(self, folder: Path) -> None:
        """Nothing is started yet; the engines that DATABASE_URL and REDIS_URL name are used instead."""
        named = Options.load()
        self._engines = Engines(
            folder,
            database_url=named.database_url,
            redis_url=named.redis_url,
            postgres_settings=_FAST,
        )
        self.place = Place(
            run=uuid.uuid4().hex[:8],
            socket=str(folder / "engines"),
            database_url=self._engines.database_url,
            redis_url=self._engines.redis_url,
            own_engines=self._engines.postgres is not None,
        )
        self._template = self.place.database_for("template")
        self._made: set[str] = set()
        self._started = False
        self._listener = Listener(self.place.socket, "AF_UNIX")
        # It lives as long as the process, and so do the engines, which end with the thread that starts them.
        self._thread = threading.Thread(target=self._serve, name="engines", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop what was started; drop the databases made on a server that stays."""
        with Client(self.place.socket, "AF_UNIX") as connection:
            connection.send(None)
        self._thread.join()
        self._listener.close()
        if self._started and not self.place.own_engines:
            for worker in self._made:
                databases.drop(self.place.database_url, self.place.database_for(worker))
            databases.drop(self.place.database_url, self._template)
        self._engines.stop()

    def _serve(self) -> None:
        while True:
            with self._listener.accept() as connection:
                worker = connection.recv()
                if worker is None:
                    return
                try:
                    self._prepare(worker)
                except Exception as error:  # noqa: BLE001 - sent to whoever asked
                    connection.send(f"{type(error).__name__}: {error}")
                else:
                    connection.send(None)

    def _prepare(self, worker: str) -> None:
        if not self._started:
            self._engines.start()
            databases.make_template(self.place.database_url, self._template)
            self._started = True
        if worker not in self._made:
            databases.copy_template(self.place.database_url, self._template, self.place.database_for(worker))
            self._made.add(worker)
