"""The relay: leases due rows and wakes their consumers, one Celery message for a group of rows.

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
from shared.db.models.outbox import RELAY_BEAT
from shared.db.transactions import is_outage
from shared.messaging.broker.amqp import OUTAGE_ERRORS
from shared.messaging.celery_app import app
from shared.messaging.outbox import relay_metrics
from shared.messaging.outbox.backlog_metrics import OutboxCollector
from shared.messaging.outbox.batch import SUSPECT_CLAIMS
from shared.messaging.outbox.forwarding import Forwarder
from shared.messaging.outbox.heartbeat import beat
from shared.messaging.outbox.leasing import Claim, claim, release
from shared.messaging.routes import BATCH_OF, QUEUE_OF, Queue
from shared.observability import metrics_server, tracing
from shared.observability.logs import configure_logging

log = structlog.get_logger(__name__)

BROKER_AWAY = "broker_away"
BEAT_SECONDS = 10

MEASURED_FOR_SECONDS = 0.1
"""How long a queue's depth is taken for granted: one of few, long jobs is empty soon after it was full."""


class Relay:
    """One relay: `run()` until `stop()` is called, from a signal or another thread."""

    def __init__(self, celery: Celery = app) -> None:
        self.celery = celery
        self.forwarder = Forwarder(celery)
        self.stopping = threading.Event()
        self.depths: dict[Queue, int] = {}
        self.measured_at = float("-inf")
        self.beaten_at = float("-inf")
        self.away = ""

    def run(self) -> None:
        """Hand out rows until stopped; the broker or PostgreSQL being away only makes it wait."""
        log.info("relay_started")
        while not self.stopping.is_set():
            try:
                self.hand_out()
                self.forwarder.hand_out()
                self._beat()
            except (BrokerError, *OUTAGE_ERRORS) as error:
                self._wait_out(BROKER_AWAY, error)
            except DBAPIError as error:
                if not is_outage(error):
                    raise
                self._wait_out("database_away", error)
            else:
                self.away = ""
                # What comes meanwhile goes together: many small groups would fill the queues with little.
                self.stopping.wait(settings().outbox_poll_ms / 1000)
        log.info("relay_stopped")

    def stop(self) -> None:
        """End `run()` after the group in hand."""
        self.stopping.set()

    def hand_out(self) -> int:
        """Lease what is due for the queues that have room, and send it. Returns the number of rows."""
        room = self._room()
        if not room:
            return 0
        began = time.perf_counter()
        claims = claim(room)
        if claims:
            self._send(claims)
            relay_metrics.handed_out(claims, time.perf_counter() - began)
        return len(claims)

    def waiting(self) -> Mapping[Queue, int] | None:
        """Messages in each queue, as this relay sees them; None while the broker is away."""
        return None if self.away == BROKER_AWAY else self.depths

    def _beat(self) -> None:
        """Show that this relay reaches the database and the broker, now and then."""
        if time.monotonic() - self.beaten_at > BEAT_SECONDS:
            beat(RELAY_BEAT)
            self.beaten_at = time.monotonic()

    def _send(self, claims: Sequence[Claim]) -> None:
        unsent = {claimed.id for claimed in claims}
        try:
            with self.celery.producer_pool.acquire(block=True, timeout=5) as producer:
                for consumer, ids in groups(claims, settings().outbox_batch_size):
                    self.celery.send_task(
                        consumer, args=(ids,), queue=QUEUE_OF[consumer].value, producer=producer
                    )
                    self.depths[QUEUE_OF[consumer]] += 1
                    unsent.difference_update(ids)
        finally:
            release(unsent)

    def _room(self) -> dict[str, int]:
        """How many rows each consumer may be brought now; those of a deep queue none.

        Depths are measured ten times a second; in between, what was sent is counted and what workers took
        is not, so that a queue is never deeper than it seems.
        """
        if time.monotonic() - self.measured_at > MEASURED_FOR_SECONDS:
            self.depths = self._measure()
            self.measured_at = time.monotonic()
        limit, size = settings().outbox_queue_depth, settings().outbox_batch_size
        return {
            consumer: (limit - self.depths[queue]) * min(size, BATCH_OF.get(consumer, size))
            for consumer, queue in QUEUE_OF.items()
            if self.depths[queue] < limit
        }

    def _measure(self) -> dict[Queue, int]:
        with self.celery.connection_or_acquire() as connection:
            channel = connection.default_channel
            return {
                Queue(queue.name): queue.bind(channel).queue_declare().message_count
                for queue in self.celery.conf.task_queues
            }

    def _wait_out(self, what: str, error: Exception) -> None:
        log.warning(what, error=str(error))
        relay_metrics.broken_off(what)
        self.away = what
        self.measured_at = float("-inf")
        self.stopping.wait(0.5)


def groups(claims: Iterable[Claim], size: int) -> Iterator[tuple[str, list[int]]]:
    """Claims as (consumer, ids) of at most `size` ids, or fewer by the routing table, oldest first.

    Suspects stand each on its own.
    """
    together: defaultdict[str, list[int]] = defaultdict(list)
    for claimed in sorted(claims):
        if claimed.claims >= SUSPECT_CLAIMS:
            yield claimed.consumer, [claimed.id]
        else:
            together[claimed.consumer].append(claimed.id)
    for consumer, ids in together.items():
        most = min(size, BATCH_OF.get(consumer, size))
        for start in range(0, len(ids), most):
            yield consumer, ids[start : start + most]


def main() -> None:
    """Run one relay until SIGTERM or SIGINT."""
    configure_logging()
    relay = Relay()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        relay.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    tracing.check_configuration()
    relay_metrics.start_at_zero()
    metrics_server.serve(OutboxCollector(relay.waiting))
    relay.run()


if __name__ == "__main__":
    main()
