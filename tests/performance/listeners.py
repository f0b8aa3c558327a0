"""Thousands of people listening to the live stream from one process, and when each was notified of what."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

_AT_ONCE = 100


class Listeners:
    """One connection for each token; `received[ticket]` holds the moments (perf_counter) it was notified."""

    def __init__(self, url: str, tokens: Sequence[str]) -> None:
        parts = urlsplit(url)
        self._host, self._port, self._path = parts.hostname or "", parts.port or 80, parts.path
        self._tokens = tokens
        self._last = dict.fromkeys(tokens, "")
        self._tasks: list[asyncio.Task[None]] = []
        self._writers: list[asyncio.StreamWriter] = []
        self.greeted = 0
        self.received: defaultdict[str, list[float]] = defaultdict(list)

    async def connect(self) -> None:
        """Connect everyone, from where each was; returns once all are greeted."""
        self.greeted = 0
        gate = asyncio.Semaphore(_AT_ONCE)
        for token in self._tokens:
            self._tasks.append(asyncio.create_task(self._listen(token, gate)))
        while self.greeted < len(self._tokens):
            for task in self._tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(0.05)

    async def leave(self) -> None:
        """Hang up, or notice that the other side did."""
        for writer in self._writers:
            writer.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks, self._writers = [], []

    async def _listen(self, token: str, gate: asyncio.Semaphore) -> None:
        async with gate:
            reader, writer = await asyncio.open_connection(self._host, self._port)
            self._writers.append(writer)
            last = f"Last-Event-ID: {self._last[token]}\r\n" if self._last[token] else ""
            writer.write(
                f"GET {self._path} HTTP/1.1\r\nHost: {self._host}\r\n"
                f"Authorization: Bearer {token}\r\n{last}\r\n".encode()
            )
            status = await reader.readline()
            if b" 200 " not in status:
                raise RuntimeError(f"the stream answered {status!r}")
        with suppress(ConnectionError):
            await self._read(token, reader)

    async def _read(self, token: str, reader: asyncio.StreamReader) -> None:
        event = ""
        while line := await reader.readline():
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "id":
                self._last[token] = value
            elif name == "event":
                event = value
                self.greeted += event == "hello"
            elif name == "data" and event == "notification":
                self.received[json.loads(value)["ticket_id"]].append(time.perf_counter())
