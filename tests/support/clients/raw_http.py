"""Sends the real server bytes that no HTTP library would send, for tests of malformed and slow requests."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from urllib.parse import urlsplit

SECONDS = 20.0


def connect(url: str) -> socket.socket:
    """A connection to the server of `url`."""
    parts = urlsplit(url)
    return socket.create_connection((str(parts.hostname), int(parts.port or 80)), SECONDS)


def exchange(url: str, request: bytes) -> bytes:
    """Everything the server says to `request`, which must end the connection on one side or the other."""
    with closing(connect(url)) as wire:
        wire.sendall(request)
        said = b""
        while piece := wire.recv(65_536):
            said += piece
        return said


def status(answer: bytes) -> int:
    """The status of an answer's first line."""
    return int(answer.split(b" ", 2)[1])


def get(target: str | bytes, *headers: str | bytes, method: str = "GET") -> bytes:
    """A request without a body after whose answer the server closes."""
    return request(method, target, [*headers])


def request(method: str, target: str | bytes, headers: Iterable[str | bytes], body: bytes = b"") -> bytes:
    """A request as bytes; nothing is added but Host and Connection."""
    path = target if isinstance(target, bytes) else target.encode("latin-1")
    lines = [header if isinstance(header, bytes) else header.encode("latin-1") for header in headers]
    head = [method.encode() + b" " + path + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *lines]
    return b"\r\n".join([*head, b"", b""]) + body


@contextmanager
def held(url: str, beginning: bytes, count: int) -> Iterator[list[socket.socket]]:
    """`count` connections that have said `beginning` and say nothing more; closed at the end."""
    with ExitStack() as open_ones:
        wires = [open_ones.enter_context(closing(connect(url))) for _ in range(count)]
        for wire in wires:
            wire.sendall(beginning)
        yield wires
