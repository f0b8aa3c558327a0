"""A webhook's receiver for tests: an HTTP server with answers that a test sets, and a canary."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook


@dataclass(frozen=True, slots=True)
class Received:
    """One call, as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    def verified(self, secret: str) -> Any:
        """The body's JSON. Raises `WebhookVerificationError` unless `secret` signed it."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """What the server answers, and what it got."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    endless: bool = False
    silent: bool = False
    drips: bool = False
    url: str = ""
    received: list[Received] = field(default_factory=list)
    sent_bytes: int = 0
    released: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        receiver = self.receiver
        length = int(self.headers["content-length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        receiver.received.append(Received(self.path, headers, self.rfile.read(length)))
        if receiver.silent:
            receiver.released.wait(30)
            return
        try:
            self._answer(receiver)
        except OSError:
            self.close_connection = True

    def _answer(self, receiver: Receiver) -> None:
        if receiver.drips:
            # A header line that never ends, one letter at a time: each read is quick, the whole is not.
            self.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
            while not receiver.released.wait(0.05):
                self.wfile.write(b"a")
            return
        self.send_response(receiver.status)
        for name, value in receiver.headers.items():
            self.send_header(name, value)
        if not receiver.endless:
            self.send_header("content-length", str(len(receiver.body)))
            self.end_headers()
            self.wfile.write(receiver.body)
            return
        self.end_headers()
        while not receiver.released.is_set():
            receiver.sent_bytes += self.wfile.write(b"x" * 65536)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver at `receiver.url`, with a certificate for localhost where `tls` is given."""
    receiver = Receiver()
    handler = type("Handler", (_Handler,), {"receiver": receiver})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        receiver.url = f"{'https' if tls else 'http'}://localhost:{server.server_port}/hook"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            receiver.released.set()
            server.shutdown()
            thread.join()


@dataclass
class Canary:
    """Counts who connects to it."""

    port: int
    connections: int = 0


@contextmanager
def canary(host: str = "::", port: int = 0) -> Iterator[Canary]:
    """Something that may never be called; by default it listens on every address, IPv4 and IPv6."""
    every = host == "::"
    with socket.create_server((host, port), family=socket.AF_INET6, dualstack_ipv6=every) as server:
        bird = Canary(server.getsockname()[1])
        server.settimeout(0.02)
        ended = threading.Event()

        def watch() -> None:
            while not ended.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                bird.connections += 1
                connection.close()

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield bird
        finally:
            ended.set()
            thread.join()
