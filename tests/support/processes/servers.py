"""Servers of a test's own: PostgreSQL, Redis, RabbitMQ."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar


class Server(Protocol):
    """What can be started and stopped."""

    def start(self) -> None:
        """Start it and wait until it answers."""

    def stop(self) -> None:
        """Stop it; one that does not run stays as it is."""


AnyServer = TypeVar("AnyServer", bound=Server)


@contextmanager
def serving(server: AnyServer) -> Iterator[AnyServer]:
    """`server`, started; stopped at the end."""
    try:
        server.start()
        yield server
    finally:
        server.stop()
