"""All metrics of the system. Labels have few values: names of consumers, routes, causes; never of people.

Counting costs about two microseconds, so it is done per request and per batch, not per event.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from prometheus_client import Counter, Gauge, Histogram, values

from shared.db.models import ParkedReason
from shared.observability import metrics_server

# All metrics have labels, so none creates its value on import, before settings may be read.
values.ValueClass = metrics_server.create_value

HTTP_SECONDS: Final = Histogram(
    "botmeni_http_request_seconds",
    "Time to answer a request, by the route's pattern",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

JOBS: Final = Counter(
    "botmeni_jobs",
    "Jobs a consumer finished (done), will try again (retried) or gave up (dead)",
    ["consumer", "outcome"],
)
BATCH_SECONDS: Final = Histogram(
    "botmeni_batch_seconds",
    "Time a consumer took for a batch of jobs, from taking the rows to their end",
    ["consumer"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90),
)
BATCH_JOBS: Final = Histogram(
    "botmeni_batch_jobs",
    "Jobs in a batch",
    ["consumer"],
    buckets=(1, 3, 10, 30, 100, 300, 1000),
)

DISPATCHED: Final = Counter("botmeni_relay_jobs", "Jobs the relay dispatched", ["consumer"])
RELAY_SECONDS: Final = Histogram(
    "botmeni_relay_round_seconds",
    "Time of a relay's round that dispatched jobs",
    ["work"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
RELAY_ERRORS: Final = Counter(
    "botmeni_relay_errors", "Rounds of a relay that were interrupted, by what was unreachable", ["cause"]
)

QUOTA_DECISIONS: Final = Counter(
    "botmeni_quota_decisions",
    "Subjects that got a unit or held one already (granted), or got none, by reason",
    ["outcome"],
)

DELIVERIES: Final = Counter(
    "botmeni_deliveries",
    "Attempts to deliver to a person or endpoint: sent, to be tried again (retried) or given up (failed)",
    ["channel", "outcome"],
)
STREAMS: Final = Gauge(
    "botmeni_streams_connected", "Live streams that are open", ["transport"], multiprocess_mode="livesum"
)

JOB_OUTCOMES: Final = ("done", "retried", "dead")
DELIVERY_OUTCOMES: Final = {
    "in_app": ("sent",),
    "email": ("sent", "retried", "failed"),
    "webhook": ("sent", "retried", "failed"),
}


def export_worker_zeros(consumers: Iterable[str]) -> None:
    """Export workers' metrics at zero: Prometheus computes rates only from a value before the first job."""
    for consumer in consumers:
        for outcome in JOB_OUTCOMES:
            JOBS.labels(consumer, outcome)
        BATCH_SECONDS.labels(consumer)
        BATCH_JOBS.labels(consumer)
    for reason in ParkedReason:
        QUOTA_DECISIONS.labels(reason.value)
    QUOTA_DECISIONS.labels("granted")
    for channel, outcomes in DELIVERY_OUTCOMES.items():
        for outcome in outcomes:
            DELIVERIES.labels(channel, outcome)
