"""OpenTelemetry traces, along the same hops as the correlation id; off without OTEL_EXPORTER_OTLP_ENDPOINT.

An outbox payload holds, beside the correlation id, the W3C `traceparent` of the span that published it. Where
there is none, the trace id is derived from the correlation id, so that all hops of a request are still one
trace. Only `shared.observability.tracing.spans` imports OpenTelemetry, and only where tracing is enabled: the
packages take memory in every process.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

from shared.config.settings import settings


class TraceOrigin(NamedTuple):
    """Where a span comes from: a correlation id and the parent span's traceparent; either may be empty."""

    correlation_id: str
    traceparent: str


def enabled() -> bool:
    """Whether tracing is configured."""
    return bool(settings().otel_exporter_otlp_endpoint)


def check_configuration() -> None:
    """At start, check that spans can be made. Raises `InvalidSettings` for wrong OTEL_… variables."""
    if enabled():
        from shared.observability.tracing import spans  # noqa: PLC0415 - see above

        spans.check_configuration()


def with_traceparent(payload: Any) -> Any:
    """`payload` (an event or message) as the outbox stores it: with a `traceparent` if a span is active."""
    if not enabled():
        return payload
    from shared.observability.tracing import spans  # noqa: PLC0415 - see above

    return spans.with_traceparent(payload)


def record_sent(jobs: Sequence[tuple[str, TraceOrigin]], seconds: float) -> None:
    """Record a span for each (consumer, origin) that the relay sent in a round of `seconds` that ends now."""
    from shared.observability.tracing import spans  # noqa: PLC0415 - see above

    spans.record_sent(jobs, seconds)


def batch_spans(operation: str, consumer: str, payloads: Sequence[str]) -> AbstractContextManager[None]:
    """A block that works on outbox rows with these payloads (JSON); each row's trace gets a span of it."""
    if not enabled():
        return nullcontext()
    from shared.observability.tracing import spans  # noqa: PLC0415 - see above

    return spans.batch_spans(operation, consumer, payloads)


def flush() -> None:
    """Send all spans now: for a process that is about to end without Python's own exit handlers."""
    if enabled():
        from shared.observability.tracing import spans  # noqa: PLC0415 - see above

        spans.flush()
