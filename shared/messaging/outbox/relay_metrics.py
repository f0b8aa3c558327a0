"""The relay's metrics, log lines and spans: what it dispatched, how long that took, what interrupted it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import structlog

from shared.messaging.outbox.leasing import Lease
from shared.messaging.routes import QUEUE_OF
from shared.observability import tracing
from shared.observability.correlation import log_fields
from shared.observability.metrics import DISPATCHED, RELAY_ERRORS, RELAY_SECONDS

BROKER_AWAY = "broker_away"
DATABASE_AWAY = "database_away"
CAUSES = (BROKER_AWAY, DATABASE_AWAY)
"""What can interrupt a round: values of a metric's label, and names of log events."""

log = structlog.get_logger(__name__)


def export_zeros() -> None:
    """Export all counters at zero: Prometheus computes rates only from a value before the first event."""
    for consumer in QUEUE_OF:
        DISPATCHED.labels(consumer)
    for cause in CAUSES:
        RELAY_ERRORS.labels(cause)


def record_dispatch(leases: Sequence[Lease], seconds: float) -> None:
    """Record a round that leased these rows and sent them to Celery queues, and took `seconds`."""
    RELAY_SECONDS.labels("hand_out").observe(seconds)
    _count_and_log("jobs_handed_out", leases)
    _record_spans(leases, seconds)


def record_forwarding(leases: Sequence[Lease], seconds: float) -> None:
    """Record a round that sent the messages of these rows to subscribers' queues, and took `seconds`."""
    _count_and_log("messages_forwarded", leases)
    _record_spans(leases, seconds)


def record_interruption(cause: str) -> None:
    """Count a round that failed because of `cause`, one of `CAUSES`."""
    RELAY_ERRORS.labels(cause).inc()


def _record_spans(leases: Sequence[Lease], seconds: float) -> None:
    if tracing.enabled():
        jobs = [
            (lease.consumer, tracing.TraceOrigin(lease.correlation_id or "", lease.traceparent or ""))
            for lease in leases
        ]
        tracing.record_sent(jobs, seconds)


def _count_and_log(event: str, leases: Sequence[Lease]) -> None:
    correlation_ids: defaultdict[str, dict[str, None]] = defaultdict(dict)
    counts: defaultdict[str, int] = defaultdict(int)
    for lease in leases:
        counts[lease.consumer] += 1
        if lease.correlation_id:
            correlation_ids[lease.consumer][lease.correlation_id] = None
    for consumer, jobs in counts.items():
        DISPATCHED.labels(consumer).inc(jobs)
        for ids in log_fields(list(correlation_ids[consumer])):
            log.info(event, consumer=consumer, jobs=jobs, **ids)
