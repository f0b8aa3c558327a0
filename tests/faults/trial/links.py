"""Networks between the processes and what they need: TCP proxies that can be cut, frozen and slowed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from deploy.local.host.ports import free_port

_PIECE = 65_536


class Link:
    """A port of 127.0.0.1 whose connections lead to `target`: a port there, or a unix socket."""

    def __init__(self, network: Network, target: int | Path) -> None:
        self.port = free_port()
        self._network, self._target = network, target
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._open = True
        self._delay = 0.0
        self._flowing = asyncio.Event()
        self._flowing.set()

    def cut(self) -> None:
        """Reset every connection, and each new one."""
        self._open = False
        self._network.call(self._reset)

    def freeze(self) -> None:
        """Let nothing through, and close nothing."""
        self._network.call(self._flowing.clear)

    def slow(self, seconds: float) -> None:
        """Hold every piece up for so long."""
        self._delay = seconds

    def mend(self) -> None:
        """As it was."""
        self._open, self._delay = True, 0.0
        self._network.call(self._flowing.set)

    def _reset(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def serve(self) -> None:
        """Take connections from now on."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self.port)

    def shut(self) -> None:
        """Take no more connections and end those there are; in the network's thread."""
        self._open = False
        self._flowing.set()
        if self._server is not None:
            self._server.close()
        self._reset()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._open:
            writer.transport.abort()
            return
        try:
            if isinstance(self._target, Path):
                other_reader, other = await asyncio.open_unix_connection(self._target)
            else:
                other_reader, other = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, other}
        await asyncio.gather(self._pump(reader, other), self._pump(other_reader, writer))
        self._writers -= {writer, other}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(_PIECE):
                if self._delay:
                    await asyncio.sleep(self._delay)
                await self._flowing.wait()
                writer.write(piece)
                await writer.drain()
        writer.close()


class Network:
    """All links, on a thread of their own."""

    def __init__(self) -> None:
        self._links: list[Link] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="network", daemon=True)
        self._thread.start()

    def link(self, target: int | Path) -> Link:
        """A new link, ready when this returns."""
        made = Link(self, target)
        asyncio.run_coroutine_threadsafe(made.serve(), self._loop).result()
        self._links.append(made)
        return made

    def call(self, function: Callable[[], None]) -> None:
        """Have the network's thread do something soon."""
        self._loop.call_soon_threadsafe(function)

    def close(self) -> None:
        """End; whatever is connected is cut."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        for link in self._links:
            link.shut()
        # Aborted connections have their streams end by themselves.
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)
        # One more round for the transports to close.
        await asyncio.sleep(0)
