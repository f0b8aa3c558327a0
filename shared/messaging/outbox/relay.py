"""The relay: leases due outbox rows and wakes their consumers, one Celery message for a group of rows.

Run any number of them: `python -m shared.messaging.outbox.relay`.
A row not finished by the end of its lease is due again.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import FrameType

import structlog
from celery import Celery
from kombu.exceptions import OperationalError as BrokerError
from sqlalchemy.exc import DBAPIError

from shared.config.settings import settings
from shared.db.models.outbox import RELAY_HEARTBEAT
from shared.db.transactions import is_outage
from shared.messaging.broker.amqp import OUTAGE_ERRORS
from shared.messaging.celery_app import app
from shared.messaging.outbox import relay_metrics
from shared.messaging.outbox.backlog_metrics import OutboxCollector
from shared.messaging.outbox.batch import SUSPECT_DISPATCH_COUNT
from shared.messaging.outbox.forwarding import Forwarder
from shared.messaging.outbox.heartbeat import record_heartbeat
from shared.messaging.outbox.leasing import Lease, lease, release
from shared.messaging.outbox.relay_metrics import BROKER_AWAY, DATABASE_AWAY
from shared.messaging.routes import MAX_BATCH_SIZE_OF, QUEUE_OF, Queue
from shared.observability import metrics_server, tracing
from shared.observability.logs import configure_logging

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 10
OUTAGE_PAUSE_SECONDS = 0.5

DEPTH_MAX_AGE_SECONDS = 0.1
"""How long a measured queue depth is used. It is short because a queue of few, long jobs empties at once."""


class Relay:
    """One relay: `run()` returns after `stop()` was called, from a signal handler or another thread.

    `depths` holds the number of messages in each queue, as measured last plus what was sent since.
    `outage` is the cause that interrupted the last round, or empty.
    """

    def __init__(self, celery: Celery = app) -> None:
        self.celery = celery
        self.forwarder = Forwarder(celery)
        self.stopping = threading.Event()
        self.depths: dict[Queue, int] = {}
        self.measured_at = float("-inf")
        self.heartbeat_at = float("-inf")
        self.outage = ""

    def run(self) -> None:
        """Dispatch rows until stopped. While the broker or PostgreSQL is unreachable, wait and try again."""
        log.info("relay_started")
        while not self.stopping.is_set():
            try:
                self.dispatch()
                self.forwarder.forward()
                self._send_heartbeat()
            except (BrokerError, *OUTAGE_ERRORS) as error:
                self._pause_after_outage(BROKER_AWAY, error)
            except DBAPIError as error:
                if not is_outage(error):
                    raise
                self._pause_after_outage(DATABASE_AWAY, error)
            else:
                self.outage = ""
                # Rows that become due during the pause are sent together. Without it, many small groups would
                # fill the queues (docs/performance.md, "A relay waits 20 ms after each round").
                self.stopping.wait(settings().outbox_poll_ms / 1000)
        log.info("relay_stopped")

    def stop(self) -> None:
        """Make `run()` return after its current round."""
        self.stopping.set()

    def dispatch(self) -> int:
        """Lease what is due for the queues that have capacity, and send it. Returns the number of rows."""
        capacity = self._capacity()
        if not capacity:
            return 0
        began = time.perf_counter()
        leases = lease(capacity)
        if leases:
            self._send(leases)
            relay_metrics.record_dispatch(leases, time.perf_counter() - began)
        return len(leases)

    def queue_depths(self) -> Mapping[Queue, int] | None:
        """Messages in each queue, as this relay measured them; None while the broker is unreachable."""
        return None if self.outage == BROKER_AWAY else self.depths

    def _send_heartbeat(self) -> None:
        """Every HEARTBEAT_SECONDS, record that this relay reached both the database and the broker."""
        if time.monotonic() - self.heartbeat_at > HEARTBEAT_SECONDS:
            record_heartbeat(RELAY_HEARTBEAT)
            self.heartbeat_at = time.monotonic()

    def _send(self, leases: Sequence[Lease]) -> None:
        """Send one Celery message for each group of rows; rows that could not be sent are released."""
        unsent = {leased.id for leased in leases}
        try:
            with self.celery.producer_pool.acquire(block=True, timeout=5) as producer:
                for consumer, ids in group_leases(leases, settings().outbox_batch_size):
                    self.celery.send_task(
                        consumer, args=(ids,), queue=QUEUE_OF[consumer].value, producer=producer
                    )
                    self.depths[QUEUE_OF[consumer]] += 1
                    unsent.difference_update(ids)
        finally:
            release(unsent)

    def _capacity(self) -> dict[str, int]:
        """How many rows may be sent to each consumer now; consumers of a full queue are left out.

        Depths are measured ten times a second. In between, sent messages are added but messages that workers
        took are not subtracted, so a queue is never deeper than `depths` says.
        """
        if time.monotonic() - self.measured_at > DEPTH_MAX_AGE_SECONDS:
            self.depths = self._measure_depths()
            self.measured_at = time.monotonic()
        limit, size = settings().outbox_queue_depth, settings().outbox_batch_size
        return {
            consumer: (limit - self.depths[queue]) * min(size, MAX_BATCH_SIZE_OF.get(consumer, size))
            for consumer, queue in QUEUE_OF.items()
            if self.depths[queue] < limit
        }

    def _measure_depths(self) -> dict[Queue, int]:
        with self.celery.connection_or_acquire() as connection:
            channel = connection.default_channel
            return {
                Queue(queue.name): queue.bind(channel).queue_declare().message_count
                for queue in self.celery.conf.task_queues
            }

    def _pause_after_outage(self, cause: str, error: Exception) -> None:
        """Log and count the outage, wait half a second, and have the depths measured anew."""
        log.warning(cause, error=str(error))
        relay_metrics.record_interruption(cause)
        self.outage = cause
        self.measured_at = float("-inf")
        self.stopping.wait(OUTAGE_PAUSE_SECONDS)


def group_leases(leases: Iterable[Lease], size: int) -> Iterator[tuple[str, list[int]]]:
    """Group leases into (consumer, row ids) for one Celery message each, oldest rows first.

    A group has at most `size` ids, or fewer where the routing table says so. A suspect row, whose worker may
    die of it, is alone in its group.
    """
    by_consumer: defaultdict[str, list[int]] = defaultdict(list)
    for leased in sorted(leases):
        if leased.dispatch_count >= SUSPECT_DISPATCH_COUNT:
            yield leased.consumer, [leased.id]
        else:
            by_consumer[leased.consumer].append(leased.id)
    for consumer, ids in by_consumer.items():
        group_size = min(size, MAX_BATCH_SIZE_OF.get(consumer, size))
        for start in range(0, len(ids), group_size):
            yield consumer, ids[start : start + group_size]


def main() -> None:
    """Run one relay until SIGTERM or SIGINT."""
    configure_logging()
    relay = Relay()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        relay.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    tracing.check_configuration()
    relay_metrics.export_zeros()
    metrics_server.serve(OutboxCollector(relay.queue_depths))
    relay.run()


if __name__ == "__main__":
    main()
