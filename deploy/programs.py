"""Every program of the system as the arguments behind `python`: the one table of them.

`make up` starts them through `deploy.local.processes.catalogue`, an image through `deploy.start`. What
differs between the two (addresses, ports, settings) comes from the environment.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shared.messaging.routes import Queue

_GRANIAN_LOGS = Path(__file__).with_name("granian-logs.json")
_STREAMS = 16_384  # a process's open streams; Granian's own limit is 1,024, and whoever is beyond it waits
_CELERY = ("-m", "celery", "--quiet", "--app", "shared.messaging.celery_app")


def api() -> list[str]:
    """The HTTP API and the page, on GRANIAN_HOST:GRANIAN_PORT, in GRANIAN_WORKERS processes."""
    # Threads come as they are needed; most may wait for slow bodies (shared.http.requests.slow_bodies).
    arguments = [*_granian("wsgi"), "--blocking-threads", "32"]
    # A server told to end while it starts does not hear it; a statement may take STATEMENT_TIMEOUT_MS.
    return [*arguments, "--workers-kill-timeout", "20", "services.ticket_api.app:create_app"]


def stream() -> list[str]:
    """The live stream, on GRANIAN_HOST:GRANIAN_PORT."""
    return [*_granian("asgi"), "--backpressure", str(_STREAMS), "services.notifier.stream.app:create_app"]


def relay() -> list[str]:
    """Wakes consumers for due outbox rows; any number of them."""
    return ["-m", "shared.messaging.outbox.relay"]


def worker(node: str, *, queues: Sequence[Queue], concurrency: int, beat: bool = False) -> list[str]:
    """A Celery worker of `queues` in `concurrency` processes, called `node` (name@host, `%h` is the host).

    `beat`: it is the clock of periodic tasks too, which a system has one of.
    """
    arguments = [*_CELERY, "worker", "--hostname", node, "--queues", ",".join(queues)]
    # Workers need not know of each other, and asking costs a second at start.
    arguments += ["--concurrency", str(concurrency), "--without-mingle", "--without-gossip"]
    return [*arguments, "--beat"] if beat else arguments


def beat() -> list[str]:
    """The clock of periodic tasks, where no worker has it; one of a system."""
    return [*_CELERY, "beat"]


def flower() -> list[str]:
    """Flower, on FLOWER_ADDRESS:FLOWER_PORT; the sign-in is in FLOWER_BASIC_AUTH."""
    return ["-m", "deploy.flower"]


def migrate() -> list[str]:
    """Brings the schema up to date and ends."""
    return ["-m", "shared.db.migrations"]


def _granian(interface: str) -> list[str]:
    arguments = ["-m", "granian", "--interface", interface, "--factory"]
    # Who sends headers more slowly is cut off; HTTP/2 is a proxy's, if it is anyone's.
    arguments += ["--http", "1", "--http1-header-read-timeout", "10000"]
    return [*arguments, "--log-config", str(_GRANIAN_LOGS)]
