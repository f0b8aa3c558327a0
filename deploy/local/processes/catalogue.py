"""The processes of the system as data: what each runs, what it is told, and how one sees that it is ready.

`make up` starts all of them; tests start and kill single ones.
"""

from __future__ import annotations

import http.client
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy import programs
from deploy.local.host.child import Child
from deploy.local.options import ROOT
from shared.messaging.routes import Queue
from shared.observability import readiness

Environment = Mapping[str, str]
Door = Callable[[Environment], bool]
"""Whether a process started with this environment can do its work."""

_ASK_SECONDS = 2


def answers_http(port_setting: str, path: str) -> Door:
    """A door that is open once `GET path` on the port named by `port_setting` is answered with 200."""

    def is_open(environment: Environment) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", int(environment[port_setting]), _ASK_SECONDS)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return is_open


def says_ready(worker: str) -> Door:
    """A door that is open once the Celery worker of this name takes jobs."""

    def is_open(environment: Environment) -> bool:
        return readiness.is_ready(Path(environment["DATA_DIR"]), worker)

    return is_open


def is_open_at_once(_: Environment) -> bool:
    """The door of a process that nobody waits for."""
    return True


@dataclass(frozen=True, slots=True)
class Process:
    """One program: its name, what a person knows it as, the arguments after `python`, and its door.

    `port_setting` names the setting whose port Granian is to listen on with so many `servers`,
    `metrics_setting` that of /metrics. Processes of one kind count together, whatever their number.
    """

    name: str
    title: str
    arguments: Sequence[str]
    is_open: Door = is_open_at_once
    port_setting: str | None = None
    metrics_setting: str | None = None
    servers: int = 1

    def child(self, environment: Environment, *, log: Path) -> Child:
        """The program, not started yet, with `environment` as its whole environment."""
        ports = {"METRICS_PORT": environment[self.metrics_setting] if self.metrics_setting else "0"}
        if self.port_setting:
            ports["GRANIAN_HOST"] = "127.0.0.1"
            ports["GRANIAN_PORT"] = environment[self.port_setting]
            ports["GRANIAN_WORKERS"] = str(self.servers)
        return Child(
            self.name,
            [sys.executable, *self.arguments],
            log=log,
            environment={**environment, **ports},
            folder=ROOT,
        )


def api() -> Process:
    """The HTTP API on 127.0.0.1:`PORT`."""
    door = answers_http("PORT", "/readyz")
    return Process("api", "API", programs.api(), door, "PORT", "API_METRICS_PORT", servers=2)


def stream() -> Process:
    """The live stream on 127.0.0.1:`STREAM_PORT`."""
    door = answers_http("STREAM_PORT", "/healthz")
    return Process("stream", "Live stream", programs.stream(), door, "STREAM_PORT", "STREAM_METRICS_PORT")


def relay(name: str = "relay") -> Process:
    """Wakes consumers for due outbox rows; any number of them, under different names."""
    return Process(name, "Relay", programs.relay(), metrics_setting="RELAY_METRICS_PORT")


def worker(
    name: str = "worker", *, queues: Sequence[Queue] = tuple(Queue), concurrency: int = 2, beat: bool = False
) -> Process:
    """A Celery worker of `queues`; one of all workers has `beat`, the clock of periodic tasks."""
    node = f"{name}@botmeni"
    return Process(
        name,
        "Workers",
        programs.worker(node, queues=queues, concurrency=concurrency, beat=beat),
        is_open=says_ready(node),
        metrics_setting="WORKER_METRICS_PORT",
    )


def flower() -> Process:
    """Flower on 127.0.0.1:`FLOWER_PORT`; the sign-in is in `FLOWER_BASIC_AUTH`."""
    arguments = [*programs.flower(), "--address=127.0.0.1"]
    return Process("flower", "Flower", arguments, is_open=answers_http("FLOWER_PORT", "/healthcheck"))


def mailbox() -> Process:
    """The development mailbox: SMTP on 127.0.0.1:`SMTP_PORT`, a page on `MAILBOX_PORT`."""
    return Process(
        "mailbox", "Mailbox", ["-m", "deploy.local.demo.mailbox"], is_open=answers_http("MAILBOX_PORT", "/")
    )


def all_processes() -> tuple[Process, ...]:
    """What `make up` runs."""
    return (api(), stream(), relay(), worker(beat=True), flower(), mailbox())
