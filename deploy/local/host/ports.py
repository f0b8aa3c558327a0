"""TCP ports of this machine: whether one is free, and which one to take."""

from __future__ import annotations

import random
import socket
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from typing import Self

# Below the range outgoing connections are given (net.ipv4.ip_local_port_range): while a server is down,
# nothing takes its port, and no client can connect to itself.
_LOW, _HIGH = 20_000, 32_000

_SETTING = {"api": "PORT"}


def is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:`port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port nobody listens on; taken at random, so that two who ask at once rarely get the same."""
    while True:
        port = random.randrange(_LOW, _HIGH)  # noqa: S311 - nothing secret
        if is_free(port):
            return port


def free_port_after(port: int, *, besides: Collection[int]) -> int:
    """The next port above `port` that nobody listens on and that is none of `besides`."""
    above = range(port + 1, 65_536)
    return next((other for other in above if other not in besides and is_free(other)), None) or free_port()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the processes listen, on 127.0.0.1: HTTP, but for `smtp`; `…_metrics` for Prometheus."""

    api: int
    flower: int
    stream: int
    mailbox: int
    smtp: int
    api_metrics: int
    stream_metrics: int
    relay_metrics: int
    worker_metrics: int

    @classmethod
    def free(cls) -> Self:
        """Ports nobody listens on, no two of them the same."""
        names = [field.name for field in fields(cls)]
        found: set[int] = set()
        while len(found) < len(names):
            found.add(free_port())
        return cls(**dict(zip(names, found, strict=True)))

    def by_setting(self) -> dict[str, int]:
        """Each with the setting that chooses it."""
        return {_SETTING.get(name, f"{name.upper()}_PORT"): port for name, port in asdict(self).items()}
