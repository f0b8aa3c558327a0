"""TCP ports of this machine: whether one is free, which one to use, and which process listens where."""

from __future__ import annotations

import random
import socket
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from typing import Self

# These are below the range for outgoing connections (net.ipv4.ip_local_port_range): while a server is down,
# no connection can occupy its port, and no client can connect to itself.
_LOW, _HIGH = 20_000, 32_000

_SETTING_NAMES = {"api": "PORT"}


def is_free(port: int) -> bool:
    """Return whether a server could listen on 127.0.0.1:`port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a free port, chosen at random so that two concurrent callers rarely get the same one."""
    while True:
        port = random.randrange(_LOW, _HIGH)  # noqa: S311 - nothing secret
        if is_free(port):
            return port


def free_port_after(port: int, *, exclude: Collection[int]) -> int:
    """Return the next free port above `port` that is not in `exclude`."""
    above = range(port + 1, 65_536)
    return next((other for other in above if other not in exclude and is_free(other)), None) or free_port()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The ports of the local mode's processes on 127.0.0.1.

    `smtp` speaks SMTP, all others HTTP; those called `…_metrics` serve Prometheus.
    """

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
        """Return free ports, all of them different."""
        names = [field.name for field in fields(cls)]
        found: set[int] = set()
        while len(found) < len(names):
            found.add(free_port())
        return cls(**dict(zip(names, found, strict=True)))

    def by_setting(self) -> dict[str, int]:
        """Return each port under the name of the setting that chooses it."""
        return {_SETTING_NAMES.get(name, f"{name.upper()}_PORT"): port for name, port in asdict(self).items()}
