"""The entry point of containers: `python -m deploy.start PROGRAM` replaces itself by that program.

The names are those of `deploy.programs`; compose and Kubernetes use no other commands.
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
    """Select a program by its name."""


@main.command(help="The HTTP API and the page, on GRANIAN_HOST:GRANIAN_PORT.")
def api() -> None:
    """Execute the API."""
    _execute(programs.api())


@main.command(help="The live stream, on GRANIAN_HOST:GRANIAN_PORT.")
def stream() -> None:
    """Execute the live stream."""
    _execute(programs.stream())


@main.command(help="Hands jobs of the outbox to workers; any number of them.")
def relay() -> None:
    """Execute a relay."""
    _execute(programs.relay())


@main.command(help="Works on the jobs of QUEUES.")
@click.argument("queues", nargs=-1, required=True, type=click.Choice([queue.value for queue in Queue]))
@click.option("--concurrency", default=2, type=click.IntRange(min=1), help="Processes that work.")
def worker(queues: tuple[str, ...], concurrency: int) -> None:
    """Execute a Celery worker."""
    node = f"{'-'.join(queues)}@%h"
    _execute(programs.worker(node, queues=[Queue(name) for name in queues], concurrency=concurrency))


@main.command(help="The clock of periodic tasks: exactly one of a system.")
def beat() -> None:
    """Execute the scheduler of periodic tasks."""
    _execute(programs.beat())


@main.command(help="Flower, on FLOWER_ADDRESS:FLOWER_PORT; FLOWER_BASIC_AUTH says who may sign in.")
def flower() -> None:
    """Execute Flower."""
    _execute(programs.flower())


@main.command(help="Bring the schema up to date, and end.")
def migrate() -> None:
    """Execute the migrations."""
    _execute(programs.migrate())


def _execute(arguments: Sequence[str]) -> NoReturn:
    """Replace this process by the program, which then gets the container's signals directly."""
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - a command of `deploy.programs`


if __name__ == "__main__":
    main(prog_name="python -m deploy.start")
