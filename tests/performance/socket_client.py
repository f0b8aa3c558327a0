"""An HTTP client on a bare socket, for benchmarks only.

It costs a tenth of what the tests' own client costs (tests/support/clients/http.py): client and server share
the machine, whose time is for the server that is measured.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_PIECE = 65_536


class Rush(NamedTuple):
    """What several clients got together: calls a second, and the seconds that each call took."""

    rate: float
    waits: list[float]


class SocketClient:
    """One connection that stays open; speaks as the person of `token`."""

    def __init__(self, address: str, token: str = "") -> None:
        parts = urlsplit(address)
        self._place = (parts.hostname or "", parts.port or 80)
        self._connect()
        bearer = f"Authorization: Bearer {token}\r\n" if token else ""
        self._rest = f" HTTP/1.1\r\nHost: {parts.netloc}\r\n{bearer}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def get(self, path: str) -> bytes:
        """The body. Raises `RuntimeError` unless it is answered with success."""
        return self._answer(f"GET {path}{self._rest}\r\n".encode())

    def post(self, path: str, body: bytes) -> bytes:
        """The body of the answer to JSON. Raises `RuntimeError` unless it is answered with success."""
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        return self._answer(f"POST {path}{self._rest}{kind}".encode() + body)

    def _connect(self) -> None:
        self._socket = socket.create_connection(self._place)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _begin(self, request: bytes) -> bytes:
        """How an answer begins; a server may have ended an idle connection (RFC 9112, 9.3)."""
        try:
            self._socket.sendall(request)
            if piece := self._socket.recv(_PIECE):
                return piece
        except ConnectionError:
            pass
        self._socket.close()
        self._connect()
        self._socket.sendall(request)
        return self._more()

    def _answer(self, request: bytes) -> bytes:
        answer = self._begin(request)
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        asked = request[:100].partition(b" HTTP/")[0].decode()
        if not head.startswith(b"HTTP/1.1 2"):
            raise RuntimeError(f"{asked}: {answer.decode()[:2000]}")
        length = _LENGTH.search(head)
        if length is None:
            raise RuntimeError(f"{asked}: an answer without its length")
        while len(body) < int(length[1]):
            body += self._more()
        return body

    def read(self, path: str) -> Any:
        """The JSON of an answer."""
        return json.loads(self.get(path))

    def _more(self) -> bytes:
        piece = self._socket.recv(_PIECE)
        if not piece:
            raise RuntimeError("The server hung up.")
        return piece


Act = Callable[[SocketClient], object]
"""One call, or some that belong together."""


def waits(client: SocketClient, act: Act, count: int) -> list[float]:
    """Seconds each of `count` acts took, one after another."""
    samples = []
    for _ in range(count):
        began = time.perf_counter()
        act(client)
        samples.append(time.perf_counter() - began)
    return samples


def rush(clients: Sequence[SocketClient], acts: Sequence[Act], seconds: float) -> Rush:
    """All `clients` at once for `seconds`, each with an act of its own. Raises what any of them raises."""
    samples: list[float] = []
    failures: list[BaseException] = []
    until = time.perf_counter() + seconds

    def run(client: SocketClient, act: Act) -> None:
        taken: list[float] = []
        try:
            while time.perf_counter() < until:
                taken += waits(client, act, 1)
        except BaseException as failure:  # noqa: BLE001 - raised again below
            failures.append(failure)
        samples.extend(taken)

    threads = [threading.Thread(target=run, args=each) for each in zip(clients, acts, strict=True)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if failures:
        raise failures[0]
    return Rush(len(samples) / took, samples)


def in_turn(paths: Sequence[str]) -> Act:
    """Asks for one after the other, again and again."""
    following = cycle(paths)
    return lambda client: client.get(next(following))
