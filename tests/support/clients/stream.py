"""A client of the live stream, as the page is one: it collects events on a thread of its own."""

from __future__ import annotations

import http.client
import socket
import threading
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

_SECONDS = 60


class StreamEvent(NamedTuple):
    """One event of the stream."""

    id: str
    name: str
    data: Any


class Listener:
    """A connection to the stream at `url`; `received` grows as events arrive."""

    def __init__(self, url: str, token: str, last: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} | ({"Last-Event-ID": last} if last else {})
        parts = urlsplit(url)
        self.received: list[StreamEvent] = []
        self._connection = http.client.HTTPConnection(parts.netloc, timeout=_SECONDS)
        self._connection.connect()
        self._socket: socket.socket = self._connection.sock
        self._connection.request("GET", parts.path, headers=headers)
        self._answer = self._connection.getresponse()
        self.status = self._answer.status
        self._thread = threading.Thread(target=self._listen, daemon=True)
        if self.status == http.client.OK:
            self._thread.start()

    def notifications(self) -> list[Any]:
        """What the stream sent, without its greetings."""
        return [event.data for event in self.received if event.name == "notification"]

    def names(self) -> list[str]:
        """The kinds of events received, in order."""
        return [event.name for event in self.received]

    @property
    def ended(self) -> bool:
        """Whether the stream is over."""
        return not self._thread.is_alive()

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        if self._thread.is_alive():
            self._thread.join(_SECONDS)
        self._connection.close()
        self._answer.close()

    def _listen(self) -> None:
        fields: dict[str, str] = {}
        # Hung up, by either side: what was received stays.
        with suppress(OSError, http.client.HTTPException):
            while line := self._answer.readline():
                text = line.decode().rstrip("\n")
                if text and not text.startswith(":"):
                    name, _, value = text.partition(": ")
                    fields[name] = value
                elif not text and fields:
                    data = msgspec.json.decode(fields["data"])
                    self.received.append(StreamEvent(fields["id"], fields["event"], data))
                    fields = {}
