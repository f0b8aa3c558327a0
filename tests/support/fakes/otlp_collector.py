"""A collector of OpenTelemetry traces for tests: OTLP over HTTP, decoded as the protocol says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Seen(NamedTuple):
    """One span as it came; ids in hexadecimal, `error` is the status' text where it is one."""

    service: str
    name: str
    trace: str
    span: str
    parent: str
    links: list[str]
    attributes: dict[str, Any]
    error: str | None


class Collector:
    """What came to `url`."""

    def __init__(self) -> None:
        self.url = ""
        self.spans: list[Seen] = []
        self.raw = b""

    def take(self, body: bytes) -> None:
        """Read one export. Raises `DecodeError` where it is none."""
        self.raw += body
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            service = _values(resource.resource.attributes)["service.name"]
            for scope in resource.scope_spans:
                self.spans += [_seen(service, span) for span in scope.spans]

    def of(self, trace: str) -> dict[str, Seen]:
        """The spans of one trace, by name; of the same name the last."""
        return {span.name: span for span in list(self.spans) if span.trace == trace}


def _seen(service: str, span: Any) -> Seen:
    return Seen(
        service,
        span.name,
        span.trace_id.hex(),
        span.span_id.hex(),
        span.parent_span_id.hex(),
        [link.trace_id.hex() for link in span.links],
        _values(span.attributes),
        span.status.message if span.status.code == span.status.STATUS_CODE_ERROR else None,
    )


def _values(attributes: Any) -> dict[str, Any]:
    return {item.key: getattr(item.value, item.value.WhichOneof("value")) for item in attributes}


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector that listens on this machine; `url` is what OTEL_EXPORTER_OTLP_ENDPOINT is to be."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            assert self.headers["content-type"] == "application/x-protobuf"
            collector.take(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()
