"""Metrics of the backlog: rows of the outbox, depths of queues, ages of heartbeats, measured when scraped.

Counting stops at a fixed number of rows, so measuring a backlog of millions costs no more than measuring one
of a hundred thousand. The age of the oldest row is one step into an index, whatever the backlog.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping

import structlog
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Row, text
from sqlalchemy.exc import SQLAlchemyError

from shared.db import planner
from shared.db.transactions import transaction
from shared.messaging.routes import QUEUE_OF, Queue

MAX_DUE_COUNTED = 100_000
"""Counting the due rows of one consumer stops here. They are counted in the index alone."""

MAX_OTHERS_COUNTED = 3_000
"""As `MAX_DUE_COUNTED`, for a consumer's dead rows and its rows due later, soonest first, which are read."""

CACHE_SECONDS = 5.0
"""A measurement answers all scrapes of this time, however many they are."""

STATES = ("due", "under_way", "resent", "retrying", "delayed", "dead")

_LIMITS = {"max_due": MAX_DUE_COUNTED, "max_others": MAX_OTHERS_COUNTED}

log = structlog.get_logger(__name__)

# The recursive query finds each consumer by one index probe, so that consumers this release does not know are
# counted too. In the table, `claims` is the dispatch count (OutboxRow).
_MEASURE_LIVE = text("""
    WITH RECURSIVE names AS (
        SELECT min(consumer) AS consumer FROM outbox WHERE dead_at IS NULL
        UNION ALL
        SELECT (SELECT min(o.consumer) FROM outbox o WHERE o.dead_at IS NULL AND o.consumer > names.consumer)
        FROM names WHERE names.consumer IS NOT NULL
    )
    SELECT names.consumer, due.due, due.oldest, later.under_way, later.resent, later.retrying, later.delayed
    FROM names
    CROSS JOIN LATERAL (
        SELECT count(*) AS due, CAST(extract(epoch FROM now() - min(available_at)) AS float) AS oldest
        FROM (
            SELECT available_at FROM outbox
            WHERE dead_at IS NULL AND consumer = names.consumer AND available_at <= now()
            ORDER BY available_at LIMIT :max_due
        ) rows
    ) due
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE attempts = 0 AND claims = 1) AS under_way,
            count(*) FILTER (WHERE attempts = 0 AND claims > 1) AS resent,
            count(*) FILTER (WHERE attempts > 0) AS retrying,
            count(*) FILTER (WHERE attempts = 0 AND claims = 0) AS delayed
        FROM (
            SELECT attempts, claims FROM outbox
            WHERE dead_at IS NULL AND consumer = names.consumer AND available_at > now()
            ORDER BY available_at LIMIT :max_others
        ) rows
    ) later
    WHERE names.consumer IS NOT NULL
""")

_COUNT_DEAD = text("""
    WITH RECURSIVE names AS (
        SELECT min(consumer) AS consumer FROM outbox WHERE dead_at IS NOT NULL
        UNION ALL
        SELECT (
            SELECT min(o.consumer) FROM outbox o WHERE o.dead_at IS NOT NULL AND o.consumer > names.consumer
        ) FROM names WHERE names.consumer IS NOT NULL
    )
    SELECT names.consumer, (
        SELECT count(*) FROM (
            SELECT FROM outbox
            WHERE dead_at IS NOT NULL AND consumer = names.consumer LIMIT :max_others
        ) rows
    ) AS dead
    FROM names WHERE names.consumer IS NOT NULL
""")

_HEARTBEAT_AGES = text("""
    SELECT queue, CAST(extract(epoch FROM now() - beaten_at) AS float) AS seconds FROM heartbeats
""")


class OutboxCollector(Collector):
    """Gauges of the outbox, the queues and the heartbeats. Each of several relays exports the same values."""

    def __init__(self, depths: Callable[[], Mapping[Queue, int] | None]) -> None:
        """`depths` returns the messages waiting in each queue, or None while the broker is unreachable."""
        self._depths = depths
        self._lock = threading.Lock()
        self._cached: list[GaugeMetricFamily] = []
        self._cached_until = float("-inf")
        self._began = time.monotonic()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The gauges, measured at most CACHE_SECONDS ago; those of an unreachable database are left out."""
        with self._lock:
            if time.monotonic() > self._cached_until:
                self._cached = [*self._database_gauges(), *self._broker_gauges()]
                self._cached_until = time.monotonic() + CACHE_SECONDS
            return self._cached

    def _database_gauges(self) -> Iterable[GaugeMetricFamily]:
        up = GaugeMetricFamily("botmeni_database_up", "Whether the relay reaches PostgreSQL")
        began = time.perf_counter()
        try:
            with transaction() as session:
                session.execute(planner.INDEX_ORDER_ONLY)
                rows = session.execute(_MEASURE_LIVE, _LIMITS).all()
                dead = {row.consumer: row.dead for row in session.execute(_COUNT_DEAD, _LIMITS)}
                heartbeat_ages = {row.queue: row.seconds for row in session.execute(_HEARTBEAT_AGES)}
        except SQLAlchemyError as error:
            log.warning("outbox_not_measured", error=str(error))
            up.add_metric([], 0)
            return [up]
        up.add_metric([], 1)
        took = GaugeMetricFamily("botmeni_outbox_measure_seconds", "Time it took to measure the outbox")
        took.add_metric([], time.perf_counter() - began)
        return [up, took, *_outbox_gauges(rows, dead), self._queue_silence(heartbeat_ages)]

    def _queue_silence(self, heartbeat_ages: Mapping[str, float]) -> GaugeMetricFamily:
        family = GaugeMetricFamily(
            "botmeni_queue_silence_seconds",
            "Time since a worker last answered through the queue; where none ever did, since the relay began",
            labels=["queue"],
        )
        for queue in Queue:
            family.add_metric([queue.value], heartbeat_ages.get(queue.value, time.monotonic() - self._began))
        return family

    def _broker_gauges(self) -> Iterable[GaugeMetricFamily]:
        depths = self._depths()
        up = GaugeMetricFamily("botmeni_broker_up", "Whether the relay reaches Celery's broker")
        up.add_metric([], 0 if depths is None else 1)
        messages = GaugeMetricFamily(
            "botmeni_queue_messages", "Celery messages waiting in the broker", labels=["queue"]
        )
        for queue, depth in (depths or {}).items():
            messages.add_metric([queue.value], depth)
        return [up, messages]


def _outbox_gauges(
    rows: Iterable[Row[tuple[str, ...]]], dead: Mapping[str, int]
) -> Iterable[GaugeMetricFamily]:
    jobs = GaugeMetricFamily(
        "botmeni_outbox_jobs",
        f"Jobs in the outbox; due ones counted up to {MAX_DUE_COUNTED}, others up to {MAX_OTHERS_COUNTED}",
        labels=["consumer", "state"],
    )
    oldest = GaugeMetricFamily(
        "botmeni_outbox_oldest_due_seconds",
        "How long the oldest due job has been waiting",
        labels=["consumer"],
    )
    measured = {row.consumer: row._asdict() for row in rows}
    for consumer in sorted({*QUEUE_OF, *measured, *dead}):
        states = measured.get(consumer, {}) | {"dead": dead.get(consumer, 0)}
        for state in STATES:
            jobs.add_metric([consumer, state], states.get(state, 0))
        oldest.add_metric([consumer], max(0.0, states.get("oldest") or 0.0))
    return [jobs, oldest]
