"""Making and exporting spans. Attributes are ids, names and counts, never what people wrote, paths or errors.

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
from shared.observability.tracing import TraceOrigin

CORRELATION_ATTRIBUTE = "botmeni.correlation_id"

_EXPORT_SECONDS = 5
_TRACE_ID = re.compile(r"(?!0{32})[0-9a-f]{32}")
_HEADER = "traceparent"

_provider_lock = threading.Lock()
_w3c = TraceContextTextMapPropagator()
_root_correlation: ContextVar[str] = ContextVar("root_correlation", default="")
"""While a root span is being made: the correlation id to derive its trace id from."""
_batch_parents: ContextVar[Mapping[str, Span]] = ContextVar("batch_parents", default={})  # noqa: B039 - never changed
"""In a batch: the parent span of what is published, by correlation id."""


class _Payload(msgspec.Struct):
    correlation_id: str = ""
    traceparent: str = ""


_payload_decoder = msgspec.json.Decoder(_Payload)


class _CorrelationIdGenerator(RandomIdGenerator):
    """Derives the trace id of a root span from the correlation id, so that all hops compute the same one."""

    def is_trace_id_random(self) -> bool:
        """Derived ids are not random as W3C Trace Context means it."""
        return False

    def generate_trace_id(self) -> int:
        """The id derived from the correlation id; a random one where there is no correlation id."""
        return trace_id_of(_root_correlation.get()) or super().generate_trace_id()


def trace_id_of(correlation_id: str) -> int:
    """A request's trace id: the correlation id itself if it is one, else a hash of it; 0 for an empty one."""
    if _TRACE_ID.fullmatch(correlation_id):
        return int(correlation_id, 16)
    # A hash, because samplers treat the last eight bytes as random, which those of a UUID are not.
    return int.from_bytes(hashlib.sha256(correlation_id.encode()).digest()[:16]) if correlation_id else 0


@functools.cache
def _provider() -> TracerProvider:
    endpoint = settings().otel_exporter_otlp_endpoint.rstrip("/")
    provider = TracerProvider(
        resource=Resource({SERVICE_NAME: "botmeni-tickets"}).merge(_configured_resource()),
        id_generator=_CorrelationIdGenerator(),
        span_limits=SpanLimits(max_links=settings().outbox_batch_size),
    )
    exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=_EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


def _configured_resource() -> Resource:
    """The attributes that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES configure."""
    attributes = Resource.create().attributes
    unnamed = str(attributes.get(SERVICE_NAME, "")).startswith("unknown_service")
    return Resource(
        {name: value for name, value in attributes.items() if not (unnamed and name == SERVICE_NAME)}
    )


def _tracer() -> Tracer:
    # Without the lock, two threads could create two providers, each with an exporter thread.
    with _provider_lock:
        return _provider().get_tracer("botmeni")


def check_configuration() -> None:
    """As `shared.observability.tracing.check_configuration`."""
    try:
        _provider()
    except ValueError as error:
        raise InvalidSettings(f"OTEL_…: OpenTelemetry cannot work with one of them. {error}") from None
    flush()


def flush() -> None:
    """Send all spans and stop the exporter; the next span starts a new one."""
    if _provider.cache_info().currsize:
        _provider().shutdown()
        _provider.cache_clear()


def start_span(name: str, kind: SpanKind, origin: TraceOrigin, **rest: Any) -> Span:
    """Start a span with `origin`'s traceparent as parent; without one it is the root of its trace."""
    parent = _w3c.extract({_HEADER: origin.traceparent}, Context())
    token = _root_correlation.set(origin.correlation_id)
    try:
        span = _tracer().start_span(name, parent, kind, **rest)
    finally:
        _root_correlation.reset(token)
    if origin.correlation_id:
        span.set_attribute(CORRELATION_ATTRIBUTE, origin.correlation_id)
    return span


def activate(span: Span) -> Any:
    """Make `span` the current span; returns the token for `deactivate`."""
    return attach(trace.set_span_in_context(span))


def deactivate(token: Any) -> None:
    """Undo the `activate` that returned `token`."""
    detach(token)


def with_traceparent(payload: Any) -> Any:
    """As `shared.observability.tracing.with_traceparent`."""
    span = _batch_parents.get().get(payload.correlation_id, trace.get_current_span())
    traceparent = _traceparent(span)
    return {**msgspec.to_builtins(payload), _HEADER: traceparent} if traceparent else payload


def _traceparent(span: Span) -> str:
    carrier: dict[str, str] = {}
    _w3c.inject(carrier, trace.set_span_in_context(span, Context()))
    return carrier.get(_HEADER, "")


def record_sent(jobs: Sequence[tuple[str, TraceOrigin]], seconds: float) -> None:
    """As `shared.observability.tracing.record_sent`."""
    until = time.time_ns()
    start = until - int(seconds * 1e9)
    for (consumer, origin), count in Counter(jobs).items():
        attributes = _attributes("send", consumer, count)
        span = start_span(
            f"send {consumer}", SpanKind.PRODUCER, origin, start_time=start, attributes=attributes
        )
        span.end(until)


@contextmanager
def batch_spans(operation: str, consumer: str, payloads: Sequence[str]) -> Iterator[None]:
    """A block that works on rows with these payloads; each request they come from gets a span in its trace.

    For several requests there is also a span of the whole batch, in a trace of its own, linked both ways.
    """
    origins = Counter(_origin(payload) for payload in payloads)
    name = f"{operation} {consumer}"
    parents: dict[str, Span] = {}
    spans = []
    for origin, jobs in origins.items():
        context = _context(origin)
        links = [Link(context)] if context.is_valid else []
        attributes = _attributes(operation, consumer, jobs)
        span = start_span(name, SpanKind.CONSUMER, origin, links=links, attributes=attributes)
        spans.append(span)
        parents.setdefault(origin.correlation_id, span)
    if len(spans) > 1:
        links = [Link(span.get_span_context()) for span in spans]
        attributes = _attributes(operation, consumer, len(payloads))
        batch_span = start_span(
            f"{name} batch", SpanKind.CONSUMER, TraceOrigin("", ""), links=links, attributes=attributes
        )
        for span in spans:
            span.add_link(batch_span.get_span_context())
        spans.append(batch_span)
    current, previous = activate(spans[-1]), _batch_parents.set(parents)
    try:
        yield
    except BaseException as error:
        for span in spans:
            span.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
    finally:
        _batch_parents.reset(previous)
        deactivate(current)
        for span in spans:
            span.end()


def _origin(payload: str) -> TraceOrigin:
    try:
        fields = _payload_decoder.decode(payload)
    except msgspec.DecodeError:
        return TraceOrigin("", "")
    return TraceOrigin(fields.correlation_id, fields.traceparent)


def _context(origin: TraceOrigin) -> SpanContext:
    parent = _w3c.extract({_HEADER: origin.traceparent}, Context())
    return trace.get_current_span(parent).get_span_context()


def _attributes(operation: str, consumer: str, jobs: int) -> dict[str, str | int]:
    return {
        "messaging.system": "botmeni.outbox",
        "messaging.operation.type": operation,
        "messaging.destination.name": consumer,
        "messaging.batch.message_count": jobs,
    }
