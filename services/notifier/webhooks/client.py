"""The HTTP client of webhooks: it posts to addresses that stores chose, and never to internal ones (SSRF).

It is built on httpcore. Two alternatives were rejected. requests-hardened 1.3.0 allows IPv4-compatible IPv6
addresses, checks only the first address of a name, and like everything built on `requests` limits the time
of each read but not of the whole call: a receiver that sends byte by byte occupies a worker for hours. httpx
adds redirects, cookies, proxies from the environment and decompression to httpcore, and all of them would
have to be turned off. httpcore makes one request over one connection, opens connections only through the
network backend we give it, checks the certificate against the URL's name whatever address was connected to,
and can be cancelled at any moment because it is asynchronous.
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

MAX_RESPONSE_BYTES = 1024

# Not the event loop's own pool: asyncio.run() waits for that one, however long a name server takes.
_DNS_THREADS = ThreadPoolExecutor(max_workers=20, thread_name_prefix="dns")


class Resolver(Protocol):
    """Resolves names to IP addresses."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """The IP addresses of `host`. Raises `OSError` if the name does not resolve."""


class SystemResolver:
    """The operating system's resolver."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """The addresses by `getaddrinfo`, which blocks and therefore runs in a thread."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            _DNS_THREADS, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(address[0]) for *_, address in found))


class AddressRefused(Exception):
    """The name resolves to an address that may not be called, such as an internal one."""


class GuardedNetworkBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to public addresses only.

    A name is resolved once and all its addresses are checked, so that it cannot resolve to another address
    between the check and the connection. Unix sockets are not supported.
    """

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
        """Connect to an address of `host`. Raises `AddressRefused` if any of its addresses is not allowed."""
        addresses = await self._resolver.resolve(host, port)
        for address in addresses:
            if not ssrf_guard.is_allowed(address):
                raise AddressRefused(f"{host} is {address}, which is not of the public internet")
        last_error: Exception = OSError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                last_error = error
        raise last_error


@dataclass(frozen=True, slots=True)
class WebhookResponse:
    """The result of a call: a status with the first kilobyte of the body, or the text of an error."""

    duration_ms: int
    status: int | None = None
    body_start: str = ""
    error: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether the receiver accepted the event: any 2xx."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - RFC 9110, 15.3

    @property
    def gone(self) -> bool:
        """Whether the receiver asks for no further calls: 410 Gone."""
        return self.status == 410  # noqa: PLR2004 - RFC 9110, 15.5.11


class WebhookClient:
    """Posts webhook calls. Each takes at most `seconds`, from resolving the name to the last byte read."""

    def __init__(
        self, resolver: Resolver, *, seconds: float, ssl_context: ssl.SSLContext | None = None
    ) -> None:
        """`ssl_context`: verifies certificates; by default against the public authorities."""
        self._backend = GuardedNetworkBackend(resolver)
        self._seconds = seconds
        self._ssl_context = ssl_context

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> WebhookResponse:
        """POST `body` to `url`. Errors of the network or the receiver are returned, not raised."""
        started_at = time.monotonic()

        def elapsed_ms() -> int:
            return round((time.monotonic() - started_at) * 1000)

        try:
            async with asyncio.timeout(self._seconds):
                status, start = await self._request(ssrf_guard.parse_destination(url), body, headers)
        except TimeoutError:
            return WebhookResponse(elapsed_ms(), error=f"no complete answer within {self._seconds:g} s")
        except (AddressRefused, UrlRefused) as refusal:
            return WebhookResponse(elapsed_ms(), error=f"address refused: {refusal}")
        except (OSError, httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            return WebhookResponse(elapsed_ms(), error=f"{type(error).__name__}: {error}"[:500])
        return WebhookResponse(elapsed_ms(), status, start.decode(errors="replace").replace("\0", ""))

    async def _request(
        self, destination: Destination, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        url = httpcore.URL(
            scheme=destination.scheme, host=destination.host, port=destination.port, target=destination.target
        )
        async with (
            httpcore.AsyncConnectionPool(
                ssl_context=self._ssl_context, network_backend=self._backend, max_keepalive_connections=0
            ) as pool,
            pool.stream("POST", url, headers=[*headers.items()], content=body) as response,
        ):
            return response.status, await _read_start(response)


async def _read_start(response: httpcore.Response) -> bytes:
    """The first kilobyte of the body; the rest is not read."""
    start = b""
    async for chunk in response.aiter_stream():
        start += chunk
        if len(start) >= MAX_RESPONSE_BYTES:
            break
    return start[:MAX_RESPONSE_BYTES]
