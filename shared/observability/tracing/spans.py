"""The spans themselves: attributes are ids, names and counts, never what people wrote, paths or errors.

Names are those of OpenTelemetry's semantic conventions for HTTP and messaging, where they have one.
"""

from __future__ import annotations

import functools
import hashlib
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import msgspec
from opentelemetry import trace
from opentelemetry.context import Context, attach, detach
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import Link, Span, SpanContext, SpanKind, Status, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.config.settings import InvalidSettings, settings
from shared.observability.tracing import Origin

CORRELATION = "botmeni.correlation_id"

_EXPORT_SECONDS = 5
_TRACE_ID = re.compile(r"(?!0{32})[0-9a-f]{32}")
_HEADER = "traceparent"

_making = threading.Lock()
_w3c = TraceContextTextMapPropagator()
_beginning: ContextVar[str] = ContextVar("beginning", default="")
"""Correlation id of the request whose first span is being made."""
_going_on: ContextVar[Mapping[str, Span]] = ContextVar("going_on", default={})  # noqa: B039 - never changed
"""In a batch: the span that goes on for each correlation id."""


class _Carried(msgspec.Struct):
    correlation_id: str = ""
    traceparent: str = ""


_carried = msgspec.json.Decoder(_Carried)


class _FromCorrelation(RandomIdGenerator):
    """A trace without a parent has its id from the correlation id, on every hop the same."""

    def is_trace_id_random(self) -> bool:
        """By W3C's measure it is not."""
        return False

    def generate_trace_id(self) -> int:
        """That of the request whose first span is being made; a random one where there is none."""
        return trace_id_of(_beginning.get()) or super().generate_trace_id()


def trace_id_of(correlation_id: str) -> int:
    """The trace of a request: its id where that is one of W3C's, else made of it; 0: it has none."""
    if _TRACE_ID.fullmatch(correlation_id):
        return int(correlation_id, 16)
    # Hashed, for samplers take the last eight bytes for random, which those of a UUID are not.
    return int.from_bytes(hashlib.sha256(correlation_id.encode()).digest()[:16]) if correlation_id else 0


@functools.cache
def _provider() -> TracerProvider:
    endpoint = settings().otel_exporter_otlp_endpoint.rstrip("/")
    provider = TracerProvider(
        resource=Resource({SERVICE_NAME: "botmeni-tickets"}).merge(_told()),
        id_generator=_FromCorrelation(),
        span_limits=SpanLimits(max_links=settings().outbox_batch_size),
    )
    exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=_EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


def _told() -> Resource:
    """What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say."""
    told = Resource.create().attributes
    unnamed = str(told.get(SERVICE_NAME, "")).startswith("unknown_service")
    return Resource({name: value for name, value in told.items() if not (unnamed and name == SERVICE_NAME)})


def _tracer() -> Tracer:
    # Two threads that come first would make two, each with a sender of its own.
    with _making:
        return _provider().get_tracer("botmeni")


def check() -> None:
    """As `shared.observability.tracing.check`."""
    try:
        _provider()
    except ValueError as error:
        raise InvalidSettings(f"OTEL_…: OpenTelemetry cannot work with one of them. {error}") from None
    end()


def end() -> None:
    """Send what is not sent yet; whatever begins afterwards is sent anew."""
    if _provider.cache_info().currsize:
        _provider().shutdown()
        _provider.cache_clear()


def begin(name: str, kind: SpanKind, origin: Origin, **rest: Any) -> Span:
    """A span that goes on from `origin`; where that has no traceparent, the first of its request's trace."""
    parent = _w3c.extract({_HEADER: origin.traceparent}, Context())
    token = _beginning.set(origin.correlation_id)
    try:
        span = _tracer().start_span(name, parent, kind, **rest)
    finally:
        _beginning.reset(token)
    if origin.correlation_id:
        span.set_attribute(CORRELATION, origin.correlation_id)
    return span


def enter(span: Span) -> Any:
    """Make `span` what is gone on from; returns what `leave` wants."""
    return attach(trace.set_span_in_context(span))


def leave(token: Any) -> None:
    """Undo `enter`."""
    detach(token)


def carried(payload: Any) -> Any:
    """`payload` with the traceparent of the span that publishes it, if there is one."""
    span = _going_on.get().get(payload.correlation_id, trace.get_current_span())
    traceparent = _traceparent(span)
    return {**msgspec.to_builtins(payload), _HEADER: traceparent} if traceparent else payload


def _traceparent(span: Span) -> str:
    carrier: dict[str, str] = {}
    _w3c.inject(carrier, trace.set_span_in_context(span, Context()))
    return carrier.get(_HEADER, "")


def sent(jobs: Sequence[tuple[str, Origin]], seconds: float) -> None:
    """As `shared.observability.tracing.sent`."""
    until = time.time_ns()
    start = until - int(seconds * 1e9)
    for (consumer, origin), count in Counter(jobs).items():
        about = _about("send", consumer, count)
        span = begin(f"send {consumer}", SpanKind.PRODUCER, origin, start_time=start, attributes=about)
        span.end(until)


@contextmanager
def batch(operation: str, consumer: str, payloads: Sequence[str]) -> Iterator[None]:
    """A block that works on these `payloads`: a span in the trace of each request they come from.

    For several requests there is one more, of the batch, in a trace of its own; they link to each other.
    """
    origins = Counter(_origin(payload) for payload in payloads)
    name = f"{operation} {consumer}"
    going_on: dict[str, Span] = {}
    spans = []
    for origin, jobs in origins.items():
        context = _context(origin)
        links = [Link(context)] if context.is_valid else []
        about = _about(operation, consumer, jobs)
        span = begin(name, SpanKind.CONSUMER, origin, links=links, attributes=about)
        spans.append(span)
        going_on.setdefault(origin.correlation_id, span)
    if len(spans) > 1:
        links = [Link(span.get_span_context()) for span in spans]
        about = _about(operation, consumer, len(payloads))
        whole = begin(f"{name} batch", SpanKind.CONSUMER, Origin("", ""), links=links, attributes=about)
        for span in spans:
            span.add_link(whole.get_span_context())
        spans.append(whole)
    entered, kept = enter(spans[-1]), _going_on.set(going_on)
    try:
        yield
    except BaseException as error:
        for span in spans:
            span.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
    finally:
        _going_on.reset(kept)
        leave(entered)
        for span in spans:
            span.end()


def _origin(payload: str) -> Origin:
    try:
        read = _carried.decode(payload)
    except msgspec.DecodeError:
        return Origin("", "")
    return Origin(read.correlation_id, read.traceparent)


def _context(origin: Origin) -> SpanContext:
    parent = _w3c.extract({_HEADER: origin.traceparent}, Context())
    return trace.get_current_span(parent).get_span_context()


def _about(operation: str, consumer: str, jobs: int) -> dict[str, str | int]:
    return {
        "messaging.system": "botmeni.outbox",
        "messaging.operation.type": operation,
        "messaging.destination.name": consumer,
        "messaging.batch.message_count": jobs,
    }
