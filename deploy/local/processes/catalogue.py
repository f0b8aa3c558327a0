"""The processes of the system as data: the arguments, settings and readiness probe of each.

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
ReadinessProbe = Callable[[Environment], bool]
"""Returns whether the process that was started with this environment can do its work."""

_PROBE_TIMEOUT_SECONDS = 2


def http_probe(port_setting: str, path: str) -> ReadinessProbe:
    """Return a probe for a status of 200 to `GET path` on the port that the setting `port_setting` names."""

    def is_ready(environment: Environment) -> bool:
        port = int(environment[port_setting])
        connection = http.client.HTTPConnection("127.0.0.1", port, _PROBE_TIMEOUT_SECONDS)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return is_ready


def worker_probe(node: str) -> ReadinessProbe:
    """Return a probe for the Celery worker called `node`, which is ready once it takes jobs."""

    def is_ready(environment: Environment) -> bool:
        return readiness.is_ready(Path(environment["DATA_DIR"]), node)

    return is_ready


def always_ready(_: Environment) -> bool:
    """Return true: the probe of a process that nothing waits for."""
    return True


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """A program: its name, its title in `make up`, the arguments after `python`, and its readiness probe.

    `port_setting` names the setting with the port of a Granian server, which runs `servers` processes;
    `metrics_setting` names the setting with the port of /metrics. Processes of one kind share a title.
    """

    name: str
    title: str
    arguments: Sequence[str]
    is_ready: ReadinessProbe = always_ready
    port_setting: str | None = None
    metrics_setting: str | None = None
    servers: int = 1

    def child(self, environment: Environment, *, log: Path) -> Child:
        """Return the program, not started yet, with `environment` and its ports as its whole environment."""
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


def api() -> ProcessSpec:
    """Return the HTTP API on 127.0.0.1:`PORT`."""
    probe = http_probe("PORT", "/readyz")
    return ProcessSpec("api", "API", programs.api(), probe, "PORT", "API_METRICS_PORT", servers=2)


def stream() -> ProcessSpec:
    """Return the live stream on 127.0.0.1:`STREAM_PORT`."""
    probe = http_probe("STREAM_PORT", "/healthz")
    return ProcessSpec(
        "stream", "Live stream", programs.stream(), probe, "STREAM_PORT", "STREAM_METRICS_PORT"
    )


def relay(name: str = "relay") -> ProcessSpec:
    """Return a relay, which enqueues due jobs of the outbox; any number may run under different names."""
    return ProcessSpec(name, "Relay", programs.relay(), metrics_setting="RELAY_METRICS_PORT")


def worker(
    name: str = "worker", *, queues: Sequence[Queue] = tuple(Queue), concurrency: int = 2, beat: bool = False
) -> ProcessSpec:
    """Return a Celery worker of `queues`; exactly one worker runs with `beat`, the periodic scheduler."""
    node = f"{name}@botmeni"
    return ProcessSpec(
        name,
        "Workers",
        programs.worker(node, queues=queues, concurrency=concurrency, beat=beat),
        is_ready=worker_probe(node),
        metrics_setting="WORKER_METRICS_PORT",
    )


def flower() -> ProcessSpec:
    """Return Flower on 127.0.0.1:`FLOWER_PORT`; `FLOWER_BASIC_AUTH` has its user and password."""
    arguments = [*programs.flower(), "--address=127.0.0.1"]
    return ProcessSpec("flower", "Flower", arguments, is_ready=http_probe("FLOWER_PORT", "/healthcheck"))


def mailbox() -> ProcessSpec:
    """Return the development mailbox: SMTP on 127.0.0.1:`SMTP_PORT`, a web page on `MAILBOX_PORT`."""
    return ProcessSpec(
        "mailbox", "Mailbox", ["-m", "deploy.local.demo.mailbox"], is_ready=http_probe("MAILBOX_PORT", "/")
    )


def all_processes() -> tuple[ProcessSpec, ...]:
    """Return every process that `make up` runs."""
    return (api(), stream(), relay(), worker(beat=True), flower(), mailbox())
