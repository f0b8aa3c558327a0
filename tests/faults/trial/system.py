"""Everything a run needs, started: engines, networks between, an e-mail server, and all processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from deploy.local.engines.embedded import Engines
from deploy.local.engines.postgres import Postgres
from deploy.local.engines.redis_server import RedisServer
from deploy.local.engines.scratch import scratch_folder
from deploy.local.host.child import Child
from deploy.local.host.ports import Ports
from deploy.local.processes import catalogue as local
from deploy.local.processes.catalogue import ProcessSpec
from deploy.local.processes.environment import environment
from shared.db import migrations
from shared.messaging.routes import Queue
from tests.faults.trial.links import Link, Network
from tests.faults.trial.object_folder import ObjectFolder, object_folder_at
from tests.support.factories.database import Database
from tests.support.fakes.mail_server import MailServer
from tests.support.waiting import until

_SETTINGS = {
    "OUTBOX_LEASE_SECONDS": "3",
    "OUTBOX_BACKOFF_SECONDS": "0.3",
    "OUTBOX_BACKOFF_MAX_SECONDS": "4",
    "EMAIL_GRACE_SECONDS": "2",
    "SMTP_TIMEOUT_SECONDS": "3",
    "API_DATABASE_URL": "",
    "LOG_FORMAT": "json",
}
_WORK = [queue for queue in Queue if queue is not Queue.IMAGES]


def processes_of_a_trial() -> list[ProcessSpec]:
    """What runs: two relays, two workers of everything but pictures, one of pictures, a beat of its own."""
    beat = ["-m", "celery", "--quiet", "--app", "shared.messaging.celery_app", "beat", "--pidfile="]
    return [
        local.api(),
        local.stream(),
        local.relay("relay-1"),
        local.relay("relay-2"),
        local.worker("worker-1", queues=_WORK, concurrency=1),
        local.worker("worker-2", queues=_WORK, concurrency=1),
        local.worker("worker-images", queues=[Queue.IMAGES], concurrency=1),
        ProcessSpec("beat", "Beat", beat),
    ]


class TrialSystem:
    """The running system. Only the thread that started it may do faults to it."""

    def __init__(
        self, folder: Path, engines: Engines, network: Network, mail: MailServer, object_folder: ObjectFolder
    ) -> None:
        assert isinstance(engines.postgres, Postgres)
        assert isinstance(engines.redis, RedisServer)
        self.postgres, self.redis, self.mail, self.object_folder = (
            engines.postgres,
            engines.redis,
            mail,
            object_folder,
        )
        self.database_url = engines.database_url
        self.db = Database(engines.database_url)
        socket = Path(engines.database_url.partition("host=")[2]) / ".s.PGSQL.5432"
        self.links: dict[str, Link] = {
            "postgres": network.link(socket),
            "redis": network.link(engines.redis.port),
            "smtp": network.link(mail.port),
        }
        self.ports = Ports.free()
        self.environment = environment(
            database_url=f"postgresql+psycopg://postgres@127.0.0.1:{self.links['postgres'].port}/tickets",
            redis_url=f"redis://127.0.0.1:{self.links['redis'].port}/0",
            data_dir=folder,
            ports=self.ports,
        ) | {
            **_SETTINGS,
            "STORAGE_URL": object_folder.folder.as_uri(),
            "SMTP_URL": f"smtp://127.0.0.1:{self.links['smtp'].port}",
        }
        self.processes = {process.name: process for process in processes_of_a_trial()}
        self.children: dict[str, Child] = {
            name: process.child(self.environment, log=folder / "logs" / f"{name}.log")
            for name, process in self.processes.items()
        }
        self.ends: Counter[str] = Counter()
        """Processes that ended by themselves and were started again, as a supervisor does."""
        self.last_words: list[str] = []
        self.down: set[str] = set()

    @property
    def api_url(self) -> str:
        """Where the API is."""
        return f"http://127.0.0.1:{self.ports.api}"

    @property
    def stream_url(self) -> str:
        """Where the live stream is."""
        return f"http://127.0.0.1:{self.ports.stream}/v1/stream"

    def start(self) -> None:
        """Start every process and wait for all of them."""
        for child in self.children.values():
            child.start()
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Wait until all processes can do their work."""
        for name, process in self.processes.items():
            until(partial(process.is_ready, self.environment), seconds)
            assert self.children[name].running, self.children[name].output()

    def look_after(self) -> None:
        """Start again what ended by itself."""
        for name, child in self.children.items():
            if name not in self.down and not child.running:
                self.ends[f"{name} ({child.exit_code})"] += 1
                self.last_words.append(f"{name} ended by itself:\n{child.output(25)}")
                child.kill()
                child.start()

    def stop(self) -> None:
        """End every process."""
        for child in self.children.values():
            child.kill()

    def connection(self) -> psycopg.Connection[Any]:
        """A connection beside all networks."""
        return psycopg.connect(self.database_url.replace("+psycopg", ""), connect_timeout=5)

    def output(self, lines: int = 30) -> str:
        """The last that each process wrote."""
        return "\n".join(f"--- {name}\n{child.output(lines)}" for name, child in self.children.items())


@contextmanager
def running_system() -> Iterator[TrialSystem]:
    """Everything started; gone after the block."""
    with ExitStack() as ending:
        folder = ending.enter_context(scratch_folder())
        engines = ending.enter_context(Engines(folder, redis_append_only=True))
        migrations.upgrade(engines.database_url)
        network = Network()
        ending.callback(network.close)
        mail = MailServer()
        mail.start()
        ending.callback(mail.stop)
        object_folder = ending.enter_context(object_folder_at(folder / "objects"))
        made = TrialSystem(folder, engines, network, mail, object_folder)
        ending.callback(made.stop)
        made.start()
        yield made
