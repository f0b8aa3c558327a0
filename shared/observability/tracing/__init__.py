"""OpenTelemetry traces along the way of the correlation id: off unless OTEL_EXPORTER_OTLP_ENDPOINT is set.

A row of the outbox carries in its payload, beside the correlation id, the W3C `traceparent` of what wrote it.
Where none is carried the trace id is made of the correlation id, so that all hops of a request still meet.
OpenTelemetry is imported by `shared.observability.tracing.spans` alone, and only where traces are on.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

from shared.config.settings import settings


class Origin(NamedTuple):
    """A job's request, and the span that published it, as W3C's traceparent; both may be empty."""

    correlation_id: str
    traceparent: str


def on() -> bool:
    """Whether traces are wanted."""
    return bool(settings().otel_exporter_otlp_endpoint)


def check() -> None:
    """See at the start that spans can be made. Raises `InvalidSettings` for wrong OTEL_… variables."""
    if on():
        from shared.observability.tracing import spans  # noqa: PLC0415 - off, it costs no memory

        spans.check()


def carried(payload: Any) -> Any:
    """What a row's payload is: `payload`, with a `traceparent` where there is a span to go on from."""
    if not on():
        return payload
    from shared.observability.tracing import spans  # noqa: PLC0415 - off, it costs no memory

    return spans.carried(payload)


def sent(jobs: Sequence[tuple[str, Origin]], seconds: float) -> None:
    """Show that the relay handed these out, each for a consumer, in a round that took `seconds` until now."""
    from shared.observability.tracing import spans  # noqa: PLC0415 - off, it costs no memory

    spans.sent(jobs, seconds)


def batch(operation: str, consumer: str, payloads: Sequence[str]) -> AbstractContextManager[None]:
    """A block that works on rows with these `payloads`, shown in the trace of each."""
    if not on():
        return nullcontext()
    from shared.observability.tracing import spans  # noqa: PLC0415 - off, it costs no memory

    return spans.batch(operation, consumer, payloads)


def end() -> None:
    """Send what is not sent yet: for a process that is about to end without Python's own exit."""
    if on():
        from shared.observability.tracing import spans  # noqa: PLC0415 - off, it costs no memory

        spans.end()
