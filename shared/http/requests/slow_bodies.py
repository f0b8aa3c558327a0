"""Bodies that arrive slowly: who sends a request byte by byte must not keep others from being answered.

Each request has a thread of the server, which waits for a body as long as the client keeps the connection
open; Granian knows no limit for that. So fewer bodies are waited for at once than there are threads, fewer
still of one caller, and the rest is told to come back.
"""

from __future__ import annotations

import threading
from collections import Counter
from io import RawIOBase
from typing import IO, Any

from flask import Flask, g, request

from shared.errors import Busy

THREADS = 32
"""How many threads the server needs for this to hold (Granian's `--blocking-threads`)."""
WAITED_FOR = 24
OF_ONE_CALLER = 12


class Places:
    """Where bodies are waited for: at most `all_together`, at most `of_one` for one caller."""

    def __init__(self, all_together: int = WAITED_FOR, of_one: int = OF_ONE_CALLER) -> None:
        self._all_together, self._of_one = all_together, of_one
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, who: str) -> None:
        """A place for `who`. Raises `Busy`."""
        with self._lock:
            if self._taken.total() >= self._all_together or self._taken[who] >= self._of_one:
                raise Busy
            self._taken[who] += 1

    def leave(self, who: str) -> None:
        """Give the place of `who` back."""
        with self._lock:
            self._taken[who] -= 1
            if not self._taken[who]:
                del self._taken[who]


class PlacedBody(RawIOBase):
    """A body that takes a place when it is first read. Reading raises `Busy`."""

    def __init__(self, body: IO[bytes], places: Places) -> None:
        self._body, self._places = body, places
        self._who: str | None = None

    def readable(self) -> bool:
        """As every body is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as one read of the server goes."""
        if self._who is None:
            # Nobody reads before the caller is known (access.identify).
            who = str(g.get("person_id") or request.remote_addr)
            self._places.take(who)
            self._who = who
        read = self._body.read(len(buffer))
        buffer[: len(read)] = read
        return len(read)

    def leave(self) -> None:
        """Give the place back, once the call has its answer."""
        if self._who is not None:
            self._places.leave(self._who)
            self._who = None


def register(app: Flask) -> None:
    """Bound how many bodies `app` waits for."""
    inner, places = app.wsgi_app, Places()

    def bounded(environ: dict[str, Any], start_response: Any) -> Any:
        if not (environ.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" in environ):
            return inner(environ, start_response)
        body = environ["wsgi.input"] = PlacedBody(environ["wsgi.input"], places)
        try:
            return inner(environ, start_response)
        finally:
            body.leave()

    app.wsgi_app = bounded  # type: ignore[method-assign] # Flask's own way to wrap it
