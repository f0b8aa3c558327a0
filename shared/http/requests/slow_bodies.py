"""Limits how many slow request bodies occupy threads, so that slow senders never stop other callers.

A request occupies a thread of the server while its body arrives, for as long as the client keeps the
connection open; Granian has no limit for that. So fewer bodies may arrive at once than there are threads, and
fewer still from one caller; the others get 503 and may try again.
"""

from __future__ import annotations

import threading
from collections import Counter
from io import RawIOBase
from typing import IO, Any

from flask import Flask, g, request

from shared.errors import Busy

THREADS = 32
"""How many threads the server needs for these limits (Granian's `--blocking-threads`)."""

MAX_BODIES = 24
MAX_BODIES_PER_CALLER = 12


class Slots:
    """Slots for bodies that are arriving: at most `total`, at most `per_caller` for one caller."""

    def __init__(self, total: int = MAX_BODIES, per_caller: int = MAX_BODIES_PER_CALLER) -> None:
        self._total, self._per_caller = total, per_caller
        self._used: Counter[str] = Counter()
        self._lock = threading.Lock()

    def acquire(self, client_key: str) -> None:
        """Take a slot for `client_key`. Raises `Busy`."""
        with self._lock:
            if self._used.total() >= self._total or self._used[client_key] >= self._per_caller:
                raise Busy
            self._used[client_key] += 1

    def release(self, client_key: str) -> None:
        """Free a slot of `client_key`."""
        with self._lock:
            self._used[client_key] -= 1
            if not self._used[client_key]:
                del self._used[client_key]


class LimitedBody(RawIOBase):
    """A body that takes a slot when it is first read. Reading raises `Busy`."""

    def __init__(self, body: IO[bytes], slots: Slots) -> None:
        self._body, self._slots = body, slots
        self._client_key: str | None = None

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as one read of the server's stream goes; returns the number of bytes."""
        if self._client_key is None:
            # `access.identify` has run before anything reads the body.
            client_key = str(g.get("person_id") or request.remote_addr)
            self._slots.acquire(client_key)
            self._client_key = client_key
        read = self._body.read(len(buffer))
        buffer[: len(read)] = read
        return len(read)

    def release(self) -> None:
        """Free the slot, if one was taken, once the response is made."""
        if self._client_key is not None:
            self._slots.release(self._client_key)
            self._client_key = None


def register(app: Flask) -> None:
    """Limit how many bodies `app` reads at once."""
    inner, slots = app.wsgi_app, Slots()

    def limited(environ: dict[str, Any], start_response: Any) -> Any:
        if not (environ.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" in environ):
            return inner(environ, start_response)
        body = environ["wsgi.input"] = LimitedBody(environ["wsgi.input"], slots)
        try:
            return inner(environ, start_response)
        finally:
            body.release()

    app.wsgi_app = limited  # type: ignore[method-assign] # Flask's own way to wrap it
