"""Every metric of the system, defined once. Labels take few values: names of our tables, never of people.

Counting costs about two microseconds, so it is done per request and per batch, not per event.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from prometheus_client import Counter, Gauge, Histogram, values

from shared.db.models import ParkedReason
from shared.observability import metrics_server

# Every metric has labels, so that none has a value before settings are read.
values.ValueClass = metrics_server.value

HTTP_SECONDS: Final = Histogram(
    "botmeni_http_request_seconds",
    "Time to answer a request, by the route's pattern",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

JOBS: Final = Counter(
    "botmeni_jobs",
    "Jobs a consumer was done with (done), will try again (retried) or gave up (dead)",
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

HANDED_OUT: Final = Counter("botmeni_relay_jobs", "Jobs the relay handed out", ["consumer"])
RELAY_SECONDS: Final = Histogram(
    "botmeni_relay_round_seconds",
    "Time of a relay's round that handed something out",
    ["work"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
RELAY_ERRORS: Final = Counter("botmeni_relay_errors", "Rounds a relay broke off, by what was away", ["cause"])

QUOTA_DECISIONS: Final = Counter(
    "botmeni_quota_decisions",
    "Subjects that got a unit or held one already (granted), or got none, by reason",
    ["outcome"],
)

DELIVERIES: Final = Counter(
    "botmeni_deliveries",
    "Tries to reach somebody: sent, to be tried again (retried) or given up (failed)",
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


def start_workers_at_zero(consumers: Iterable[str]) -> None:
    """Export the counters of `consumers` at zero before the first job: a rate needs a zero to rise from."""
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
