"""What the outbox and its queues look like, measured when Prometheus asks.

Counting stops at a number of rows, so that a backlog of millions costs no more to look at than one of a
hundred thousand; the age of the oldest is one step into an index, whatever the backlog.
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

DUE_MOST = 100_000
"""Due rows of one consumer that are counted, in the index alone; more are told as this many."""

OTHERS_MOST = 3_000
"""As `DUE_MOST`, for rows that have to be read, those due soonest, and for the dead; each of one consumer."""

KEPT_SECONDS = 5.0
"""A measurement is given again for so long, however often somebody asks."""

STATES = ("due", "under_way", "resent", "retrying", "delayed", "dead")

_LIMITS = {"due_most": DUE_MOST, "others_most": OTHERS_MOST}

log = structlog.get_logger(__name__)

# Names are stepped through, one index probe each: a consumer that no release knows any more is seen too.
_MEASURE = text("""
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
            ORDER BY available_at LIMIT :due_most
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
            ORDER BY available_at LIMIT :others_most
        ) rows
    ) later
    WHERE names.consumer IS NOT NULL
""")

_DEAD = text("""
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
            WHERE dead_at IS NOT NULL AND consumer = names.consumer LIMIT :others_most
        ) rows
    ) AS dead
    FROM names WHERE names.consumer IS NOT NULL
""")

_SILENCE = text("""
    SELECT queue, CAST(extract(epoch FROM now() - beaten_at) AS float) AS seconds FROM heartbeats
""")


class OutboxCollector(Collector):
    """Gauges of the outbox, the queues and the heartbeats; of several relays each gives the same."""

    def __init__(self, depths: Callable[[], Mapping[Queue, int] | None]) -> None:
        """`depths` gives the messages waiting in each queue; None while the broker is away."""
        self._depths = depths
        self._lock = threading.Lock()
        self._kept: list[GaugeMetricFamily] = []
        self._kept_until = float("-inf")
        self._began = time.monotonic()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Measure, or give the last measurement again. With the database away its gauges are left out."""
        with self._lock:
            if time.monotonic() > self._kept_until:
                self._kept = [*self._database(), *self._broker()]
                self._kept_until = time.monotonic() + KEPT_SECONDS
            return self._kept

    def _database(self) -> Iterable[GaugeMetricFamily]:
        up = GaugeMetricFamily("botmeni_database_up", "Whether the relay reaches PostgreSQL")
        began = time.perf_counter()
        try:
            with transaction() as session:
                session.execute(planner.INDEX_ORDER_ONLY)
                rows = session.execute(_MEASURE, _LIMITS).all()
                dead = {row.consumer: row.dead for row in session.execute(_DEAD, _LIMITS)}
                silence = {row.queue: row.seconds for row in session.execute(_SILENCE)}
        except SQLAlchemyError as error:
            log.warning("outbox_not_measured", error=str(error))
            up.add_metric([], 0)
            return [up]
        up.add_metric([], 1)
        took = GaugeMetricFamily("botmeni_outbox_measure_seconds", "Time it took to measure the outbox")
        took.add_metric([], time.perf_counter() - began)
        return [up, took, *_outbox(rows, dead), self._silence(silence)]

    def _silence(self, seconds: Mapping[str, float]) -> GaugeMetricFamily:
        family = GaugeMetricFamily(
            "botmeni_queue_silence_seconds",
            "Time since a worker last answered through the queue; where none ever did, since the relay began",
            labels=["queue"],
        )
        for queue in Queue:
            family.add_metric([queue.value], seconds.get(queue.value, time.monotonic() - self._began))
        return family

    def _broker(self) -> Iterable[GaugeMetricFamily]:
        depths = self._depths()
        up = GaugeMetricFamily("botmeni_broker_up", "Whether the relay reaches Celery's broker")
        up.add_metric([], 0 if depths is None else 1)
        messages = GaugeMetricFamily(
            "botmeni_queue_messages", "Celery messages waiting in the broker", labels=["queue"]
        )
        for queue, depth in (depths or {}).items():
            messages.add_metric([queue.value], depth)
        return [up, messages]


def _outbox(rows: Iterable[Row[tuple[str, ...]]], dead: Mapping[str, int]) -> Iterable[GaugeMetricFamily]:
    jobs = GaugeMetricFamily(
        "botmeni_outbox_jobs",
        f"Jobs in the outbox; due ones counted up to {DUE_MOST}, others up to {OTHERS_MOST}",
        labels=["consumer", "state"],
    )
    oldest = GaugeMetricFamily(
        "botmeni_outbox_oldest_due_seconds",
        "How long the oldest due job has been waiting",
        labels=["consumer"],
    )
    found = {row.consumer: row._asdict() for row in rows}
    for consumer in sorted({*QUEUE_OF, *found, *dead}):
        states = found.get(consumer, {}) | {"dead": dead.get(consumer, 0)}
        for state in STATES:
            jobs.add_metric([consumer, state], states.get(state, 0))
        oldest.add_metric([consumer], max(0.0, states.get("oldest") or 0.0))
    return [jobs, oldest]
