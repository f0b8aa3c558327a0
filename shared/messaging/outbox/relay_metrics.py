"""What operators see of a relay: how much it hands out, how fast, what stopped it, whose requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import structlog

from shared.messaging.outbox.leasing import Claim
from shared.messaging.routes import QUEUE_OF
from shared.observability import tracing
from shared.observability.correlation import log_fields
from shared.observability.metrics import DISPATCHED, RELAY_ERRORS, RELAY_SECONDS

CAUSES = ("broker_away", "database_away")

log = structlog.get_logger(__name__)


def start_at_zero() -> None:
    """Show what will be counted before it happens for the first time: a rate needs a zero to rise from."""
    for consumer in QUEUE_OF:
        DISPATCHED.labels(consumer)
    for cause in CAUSES:
        RELAY_ERRORS.labels(cause)


def handed_out(claims: Sequence[Claim], seconds: float) -> None:
    """A round that leased and sent `claims`."""
    RELAY_SECONDS.labels("hand_out").observe(seconds)
    _tell("jobs_handed_out", claims)
    _trace(claims, seconds)


def forwarded(claims: Sequence[Claim], seconds: float) -> None:
    """Messages of `claims` that subscribers' queues have now, after a round of so long."""
    _tell("messages_forwarded", claims)
    _trace(claims, seconds)


def _trace(claims: Sequence[Claim], seconds: float) -> None:
    if tracing.enabled():
        jobs = [
            (claim.consumer, tracing.TraceOrigin(claim.correlation_id or "", claim.traceparent or ""))
            for claim in claims
        ]
        tracing.record_sent(jobs, seconds)


def broken_off(cause: str) -> None:
    """A round that failed because of `cause`, one of `CAUSES`."""
    RELAY_ERRORS.labels(cause).inc()


def _tell(event: str, claims: Sequence[Claim]) -> None:
    together: defaultdict[str, dict[str, None]] = defaultdict(dict)
    counts: defaultdict[str, int] = defaultdict(int)
    for claim in claims:
        counts[claim.consumer] += 1
        if claim.correlation_id:
            together[claim.consumer][claim.correlation_id] = None
    for consumer, jobs in counts.items():
        DISPATCHED.labels(consumer).inc(jobs)
        for ids in log_fields(list(together[consumer])):
            log.info(event, consumer=consumer, jobs=jobs, **ids)
