"""What a container's health check asks: `python -m deploy.health PROGRAM` ends with 0 if that one is well.

It asks this container only. Whether jobs get done is not a container's business: heartbeats of every queue
and the alerts say so.
"""

from __future__ import annotations

import http.client
import os
import sys
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path

ASK_SECONDS = 5
BEAT_SECONDS = 600
"""Beat writes its schedule down every three minutes (Celery's `Scheduler.sync_every`)."""

Environment = Mapping[str, str]


class Unwell(Exception):
    """The program does not do its work; the text says what was seen."""


def answers(setting: str, port: int, path: str) -> Callable[[Environment], None]:
    """A check that `GET path` is answered with 200 on the port `setting` names, `port` without it."""

    def check(environment: Environment) -> None:
        place = int(environment.get(setting) or port)
        connection = http.client.HTTPConnection("127.0.0.1", place, ASK_SECONDS)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise Unwell(f"port {place} does not answer: {error}") from None
        finally:
            connection.close()
        if answer.status != HTTPStatus.OK:
            raise Unwell(f"GET {path} on port {place} is answered with {answer.status}")

    return check


def beats(environment: Environment) -> None:
    """Beat's schedule was written not long ago. Raises `Unwell`."""
    folder = Path(environment.get("DATA_DIR", ".data"))
    written = [path.stat().st_mtime for path in folder.glob("beat-schedule*")]
    if not written or time.time() - max(written) > BEAT_SECONDS:
        raise Unwell(f"beat has not written its schedule in {folder} for {BEAT_SECONDS} seconds")


CHECKS: dict[str, Callable[[Environment], None]] = {
    "api": answers("GRANIAN_PORT", 8000, "/readyz"),
    "stream": answers("GRANIAN_PORT", 8000, "/healthz"),
    "relay": answers("METRICS_PORT", 9100, "/metrics"),
    "worker": answers("METRICS_PORT", 9100, "/metrics"),
    "beat": beats,
    "flower": answers("FLOWER_PORT", 5555, "/healthcheck"),
}


def main(arguments: list[str]) -> None:
    """Check the program named; exit with a line where it is not well."""
    match arguments:
        case [name] if name in CHECKS:
            pass
        case _:
            sys.exit(f"Expected one of: {', '.join(CHECKS)}.")
    try:
        CHECKS[name](os.environ)  # noqa: TID251 - other programs' variables too; settings need not be complete
    except Unwell as unwell:
        sys.exit(str(unwell))


if __name__ == "__main__":
    main(sys.argv[1:])
