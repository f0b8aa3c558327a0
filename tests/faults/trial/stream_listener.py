"""A client of the live stream that connects again whenever it breaks, with Last-Event-ID."""

from __future__ import annotations

import http.client
import threading
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec

_AGAIN_SECONDS = 0.2
_SILENCE_SECONDS = 20
"""The stream says that it is alive every 15 s; one that says nothing for longer is taken for dead."""


class StreamListener:
    """One person's stream: `received` says when each notification changed last, `resyncs` counts resyncs."""

    def __init__(self, url: str, person: str, token: str) -> None:
        self.person = person
        self.received: dict[str, datetime] = {}
        self.events = self.connections = self.resyncs = 0
        self._url, self._token = urlsplit(url), token
        self._last: str | None = None
        self._over = threading.Event()
        self.ready = threading.Event()
        self._connection: http.client.HTTPConnection | None = None
        self._thread = threading.Thread(target=self._listen, name=f"listener {person}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hang up for good."""
        self._over.set()
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(2)
        self._thread.join(_SILENCE_SECONDS)

    def _listen(self) -> None:
        while not self._over.is_set():
            # Broken, by either side: what was received stays, and the next connection begins there.
            with suppress(OSError, http.client.HTTPException, msgspec.DecodeError):
                self._connect()
            self._over.wait(_AGAIN_SECONDS)

    def _connect(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        if self._last is not None:
            headers["Last-Event-ID"] = self._last
        connection = http.client.HTTPConnection(self._url.netloc, timeout=_SILENCE_SECONDS)
        self._connection = connection
        try:
            connection.request("GET", self._url.path, headers=headers)
            answer = connection.getresponse()
            if answer.status == http.client.OK:
                self.connections += 1
                self._read(answer)
        finally:
            connection.close()

    def _read(self, answer: http.client.HTTPResponse) -> None:
        fields: dict[str, str] = {}
        while line := answer.readline():
            text = line.decode().rstrip("\n")
            if text and not text.startswith(":"):
                name, _, value = text.partition(": ")
                fields[name] = value
            elif not text and fields:
                self._take(fields["event"], msgspec.json.decode(fields["data"]))
                self._last = fields["id"]
                fields = {}

    def _take(self, name: str, data: Any) -> None:
        self.ready.set()
        if name == "notification":
            self.events += 1
            at = msgspec.convert(data["updated_at"], datetime)
            self.received[data["id"]] = max(self.received.get(data["id"], at), at)
        elif name == "resync":
            self.resyncs += 1
