"""Calling an address that somebody else chose, without being led anywhere else.

Built on httpcore. requests-hardened 1.3.0 and httpx were weighed: the first lets IPv4-compatible IPv6
addresses through, judges only the first of a name's addresses, and like everything on `requests` it can
bound each read but not the whole call, so a receiver that drips keeps a worker for hours. httpx is httpcore
with redirects, cookies, proxies from the environment and decompression on top, all of which would have to be
turned off. httpcore does one request over one connection, opens every connection in one place that we give
it, takes the certificate's name from the URL whatever address that place connects to, and being asynchronous
can be cut off at any moment.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import httpcore

from shared import ssrf_guard
from shared.ssrf_guard import Destination, UrlRefused

RESPONSE_BYTES = 1024

# Not the event loop's own: that one is waited for at the end, however long a name server takes.
_LOOKUPS = ThreadPoolExecutor(max_workers=20, thread_name_prefix="names")


class Resolver(Protocol):
    """Who knows the addresses behind a name."""

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """The IP addresses of `host`. Raises `OSError` when there are none."""


class SystemResolver:
    """The operating system's."""

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """Ask in a thread, as the system's call blocks."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            _LOOKUPS, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(address[0]) for *_, address in found))


class AddressRefused(Exception):
    """The name stands for an address that we don't connect to."""


class CheckedConnections(httpcore.AsyncNetworkBackend):
    """Looks a name up once, judges every address, and connects to one it has judged; to no path ever."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to one of the addresses of `host`. Raises `AddressRefused` where any is not allowed."""
        addresses = await self._resolver.addresses(host, port)
        for address in addresses:
            if not ssrf_guard.is_allowed(address):
                raise AddressRefused(f"{host} is {address}, which is not of the public internet")
        last: Exception = OSError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                last = error
        raise last


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a call: a status with the first kilobyte of the response, or an error in words."""

    duration_ms: int
    status: int | None = None
    response: str = ""
    error: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether the receiver took it: any 2xx."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - RFC 9110, 15.3

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no more of them: 410."""
        return self.status == 410  # noqa: PLR2004 - RFC 9110, 15.5.11


class Caller:
    """Makes calls; at most `seconds` each, from looking the name up to the last byte that is read."""

    def __init__(self, resolver: Resolver, *, seconds: float, tls: ssl.SSLContext | None = None) -> None:
        """`tls` judges certificates; by default the public authorities do."""
        self._backend = CheckedConnections(resolver)
        self._seconds = seconds
        self._tls = tls

    async def call(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """POST `body` to `url`. Raises nothing that the network or the receiver does."""
        began = time.monotonic()

        def after() -> int:
            return round((time.monotonic() - began) * 1000)

        try:
            async with asyncio.timeout(self._seconds):
                status, start = await self._post(ssrf_guard.parse_destination(url), body, headers)
        except TimeoutError:
            return Answer(after(), error=f"no complete answer within {self._seconds:g} s")
        except (AddressRefused, UrlRefused) as refusal:
            return Answer(after(), error=f"address refused: {refusal}")
        except (OSError, httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            return Answer(after(), error=f"{type(error).__name__}: {error}"[:500])
        return Answer(after(), status, start.decode(errors="replace").replace("\0", ""))

    async def _post(self, place: Destination, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        url = httpcore.URL(scheme=place.scheme, host=place.host, port=place.port, target=place.target)
        async with (
            httpcore.AsyncConnectionPool(
                ssl_context=self._tls, network_backend=self._backend, max_keepalive_connections=0
            ) as pool,
            pool.stream("POST", url, headers=[*headers.items()], content=body) as response,
        ):
            return response.status, await _start_of(response)


async def _start_of(response: httpcore.Response) -> bytes:
    """The first kilobyte; the rest, however long, is never read."""
    start = b""
    async for chunk in response.aiter_stream():
        start += chunk
        if len(start) >= RESPONSE_BYTES:
            break
    return start[:RESPONSE_BYTES]
