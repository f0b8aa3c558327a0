"""The health check of containers: `python -m deploy.health PROGRAM` ends with 0 if the program is healthy.

It checks this container only. Heartbeats of the queues and the alerts show whether jobs are done.
"""

from __future__ import annotations

import http.client
import os
import sys
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path

TIMEOUT_SECONDS = 5
MAX_SCHEDULE_SECONDS = 600
"""Beat writes its schedule to disk every three minutes (Celery's `Scheduler.sync_every`)."""

Environment = Mapping[str, str]


class Unhealthy(Exception):
    """The program does not work; the text says what the check saw."""


def http_check(setting: str, port: int, path: str) -> Callable[[Environment], None]:
    """Return a check that `GET path` has status 200, on the port in `setting` or else on `port`."""

    def check(environment: Environment) -> None:
        number = int(environment.get(setting) or port)
        connection = http.client.HTTPConnection("127.0.0.1", number, TIMEOUT_SECONDS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise Unhealthy(f"port {number} does not answer: {error}") from None
        finally:
            connection.close()
        if response.status != HTTPStatus.OK:
            raise Unhealthy(f"GET {path} on port {number} is answered with {response.status}")

    return check


def check_beat(environment: Environment) -> None:
    """Check that beat has written its schedule recently. Raises `Unhealthy`."""
    folder = Path(environment.get("DATA_DIR", ".data"))
    written = [path.stat().st_mtime for path in folder.glob("beat-schedule*")]
    if not written or time.time() - max(written) > MAX_SCHEDULE_SECONDS:
        raise Unhealthy(f"beat has not written its schedule in {folder} for {MAX_SCHEDULE_SECONDS} seconds")


CHECKS: dict[str, Callable[[Environment], None]] = {
    "api": http_check("GRANIAN_PORT", 8000, "/readyz"),
    "stream": http_check("GRANIAN_PORT", 8000, "/healthz"),
    "relay": http_check("METRICS_PORT", 9100, "/metrics"),
    "worker": http_check("METRICS_PORT", 9100, "/metrics"),
    "beat": check_beat,
    "flower": http_check("FLOWER_PORT", 5555, "/healthcheck"),
}


def main(arguments: list[str]) -> None:
    """Check the program that the argument names; exit with a one-line message if it is not healthy."""
    match arguments:
        case [name] if name in CHECKS:
            pass
        case _:
            sys.exit(f"Expected one of: {', '.join(CHECKS)}.")
    try:
        CHECKS[name](os.environ)  # noqa: TID251 - other programs' variables too; settings need not be complete
    except Unhealthy as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
