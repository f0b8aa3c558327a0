"""What a container is told to run: `python -m deploy.start PROGRAM`, which becomes that program.

The names are those of `deploy.programs`; compose and Kubernetes know no other commands.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from deploy import programs
from shared.messaging.routes import Queue


@click.group(help="Become one program of Botmeni Tickets.", context_settings={"show_default": True})
def main() -> None:
    """Choose a program by its name."""


@main.command(help="The HTTP API and the page, on GRANIAN_HOST:GRANIAN_PORT.")
def api() -> None:
    """Become the API."""
    _become(programs.api())


@main.command(help="The live stream, on GRANIAN_HOST:GRANIAN_PORT.")
def stream() -> None:
    """Become the stream."""
    _become(programs.stream())


@main.command(help="Hands jobs of the outbox to workers; any number of them.")
def relay() -> None:
    """Become a relay."""
    _become(programs.relay())


@main.command(help="Works on the jobs of QUEUES.")
@click.argument("queues", nargs=-1, required=True, type=click.Choice([queue.value for queue in Queue]))
@click.option("--concurrency", default=2, type=click.IntRange(min=1), help="Processes that work.")
def worker(queues: tuple[str, ...], concurrency: int) -> None:
    """Become a Celery worker."""
    node = f"{'-'.join(queues)}@%h"
    _become(programs.worker(node, queues=[Queue(name) for name in queues], concurrency=concurrency))


@main.command(help="The clock of periodic tasks: exactly one of a system.")
def beat() -> None:
    """Become beat."""
    _become(programs.beat())


@main.command(help="Flower, on FLOWER_ADDRESS:FLOWER_PORT; FLOWER_BASIC_AUTH says who may sign in.")
def flower() -> None:
    """Become Flower."""
    _become(programs.flower())


@main.command(help="Bring the schema up to date, and end.")
def migrate() -> None:
    """Become the migration."""
    _become(programs.migrate())


def _become(arguments: Sequence[str]) -> NoReturn:
    """Replace this process, so that signals reach the program itself."""
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - the table's own commands


if __name__ == "__main__":
    main(prog_name="python -m deploy.start")
