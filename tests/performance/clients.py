"""HTTP clients that cost little themselves: the machine's time is for the server that is measured."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_PIECE = 65_536

Ask = Callable[[], str]
"""Gives the path of the next request."""


class Client:
    """One connection that stays open; speaks as the person of `token`."""

    def __init__(self, address: str, token: str = "") -> None:
        parts = urlsplit(address)
        self._socket = socket.create_connection((parts.hostname or "", parts.port or 80))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bearer = f"Authorization: Bearer {token}\r\n" if token else ""
        self._rest = f" HTTP/1.1\r\nHost: {parts.netloc}\r\n{bearer}\r\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def get(self, path: str) -> bytes:
        """The body. Raises `RuntimeError` unless it is answered with 200."""
        self._socket.sendall(f"GET {path}{self._rest}".encode())
        answer = self._socket.recv(_PIECE)
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        if b" 200 " not in head[:16]:
            raise RuntimeError(f"GET {path}: {answer.decode()[:2000]}")
        length = _LENGTH.search(head)
        if length is None:
            raise RuntimeError(f"GET {path}: an answer without its length")
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


def waits(client: Client, ask: Ask, count: int) -> list[float]:
    """Seconds each of `count` requests took, one after another."""
    samples = []
    for _ in range(count):
        path = ask()
        began = time.perf_counter()
        client.get(path)
        samples.append(time.perf_counter() - began)
    return samples


def rate(clients: Sequence[Client], asks: Sequence[Ask], seconds: float) -> float:
    """Requests a second of all `clients` together for `seconds`. Raises what any of them raises."""
    counts: list[int] = []
    failures: list[BaseException] = []
    until = time.perf_counter() + seconds

    def run(client: Client, ask: Ask) -> None:
        count = 0
        try:
            while time.perf_counter() < until:
                client.get(ask())
                count += 1
        except BaseException as failure:  # noqa: BLE001 - raised again below
            failures.append(failure)
        counts.append(count)

    threads = [threading.Thread(target=run, args=each) for each in zip(clients, asks, strict=True)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if failures:
        raise failures[0]
    return sum(counts) / took


def in_turn(paths: Sequence[str]) -> Ask:
    """Asks for one after the other, again and again."""

    def forever() -> Iterator[str]:
        while True:
            yield from paths

    return forever().__next__
