"""The entry points of all programs, as the arguments after `python`.

`make up` starts them through `deploy.local.processes.catalogue`, a container through `deploy.start`.
Addresses, ports and settings, which differ between the two, come from the environment.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shared.messaging.routes import Queue

_GRANIAN_LOGS = Path(__file__).with_name("granian-logs.json")
_MAX_STREAMS = 16_384  # open streams of a process; Granian's default is 1,024, and further clients wait
_CELERY = ("-m", "celery", "--quiet", "--app", "shared.messaging.celery_app")


def api() -> list[str]:
    """Return the HTTP API and the page, on GRANIAN_HOST:GRANIAN_PORT, in GRANIAN_WORKERS processes."""
    # Threads are started on demand; most of them may wait for slow bodies (shared.http.requests.slow_bodies).
    arguments = [*_granian("wsgi"), "--blocking-threads", "32"]
    # A process ignores a stop signal while it starts, and a statement may take STATEMENT_TIMEOUT_MS.
    return [*arguments, "--workers-kill-timeout", "20", "services.ticket_api.app:create_app"]


def stream() -> list[str]:
    """Return the live stream, on GRANIAN_HOST:GRANIAN_PORT."""
    return [*_granian("asgi"), "--backpressure", str(_MAX_STREAMS), "services.notifier.stream.app:create_app"]


def relay() -> list[str]:
    """Return the relay, which enqueues due jobs of the outbox; any number of relays may run."""
    return ["-m", "shared.messaging.outbox.relay"]


def worker(node: str, *, queues: Sequence[Queue], concurrency: int, beat: bool = False) -> list[str]:
    """Return a Celery worker of `queues` in `concurrency` processes, called `node`.

    `node` is name@host, where `%h` stands for the host. With `beat` the worker also schedules the periodic
    tasks, which exactly one process of a system may do.
    """
    arguments = [*_CELERY, "worker", "--hostname", node, "--queues", ",".join(queues)]
    # Workers do not need to know each other, and discovery takes a second at the start.
    arguments += ["--concurrency", str(concurrency), "--without-mingle", "--without-gossip"]
    return [*arguments, "--beat"] if beat else arguments


def beat() -> list[str]:
    """Return the scheduler of periodic tasks, for systems where no worker has it; exactly one may run."""
    return [*_CELERY, "beat"]


def flower() -> list[str]:
    """Return Flower, on FLOWER_ADDRESS:FLOWER_PORT; FLOWER_BASIC_AUTH has its users and passwords."""
    return ["-m", "deploy.flower"]


def migrate() -> list[str]:
    """Return the program that migrates the schema and ends."""
    return ["-m", "shared.db.migrations"]


def _granian(interface: str) -> list[str]:
    arguments = ["-m", "granian", "--interface", interface, "--factory"]
    # A client that sends its headers more slowly is disconnected; HTTP/2, if used, ends at a proxy.
    arguments += ["--http", "1", "--http1-header-read-timeout", "10000"]
    return [*arguments, "--log-config", str(_GRANIAN_LOGS)]
