"""The hub of a stream process: it polls updates for all connected people at once, and queues them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import redis.asyncio
import structlog
from sqlalchemy.exc import SQLAlchemyError

from services.notifier.stream import queries
from services.notifier.stream.wakeup import CHANNEL
from shared.clock import now
from shared.config.settings import settings
from shared.db.models import Notification
from shared.db.transactions import transaction
from shared.observability.metrics import STREAMS

POLL_SECONDS = 2.0
"""The hub polls at least this often, also without a wake-up."""

DEBOUNCE_SECONDS = 0.1
"""Wake-ups within this time lead to one poll."""

WATERMARK_MARGIN = timedelta(seconds=10)
"""How far before the watermark updates are read again: clocks of workers and of the database may differ."""

MAX_UPDATES = 5_000
"""Updates read by one poll. If there are more, all subscribers are disconnected, and catch up on return."""

MAX_QUEUED = 256
"""Updates that may be queued for a slow reader; with more it is disconnected, and catches up on return."""

log = structlog.get_logger(__name__)


class NotificationUpdate(msgspec.Struct, frozen=True):
    """A notification that was inserted or updated, as it is now."""

    id: UUID
    event: str
    ticket_id: UUID | None
    count: int
    detail: dict[str, object]
    updated_at: datetime

    @classmethod
    def of(cls, row: Notification) -> NotificationUpdate:
        """The update of a notification's row."""
        return cls(row.id, row.event, row.ticket_id, row.count, row.detail, row.updated_at)


class Subscriber:
    """One connection, with the queue of updates to send on it; None in the queue ends the connection."""

    def __init__(self, person_id: UUID) -> None:
        self.person_id = person_id
        self.queue: asyncio.Queue[NotificationUpdate | None] = asyncio.Queue()

    def enqueue(self, update: NotificationUpdate) -> None:
        """Queue `update` to be sent; if the queue is full already, end the connection instead."""
        if self.queue.qsize() < MAX_QUEUED:
            self.queue.put_nowait(update)
        else:
            self.close()

    def close(self) -> None:
        """End the connection once what is queued was sent."""
        self.queue.put_nowait(None)


class Hub:
    """Everybody who is connected to this process, and how far their updates were read.

    An update has the time at which it was made, but becomes visible only when its transaction commits. So
    each poll reads from the `watermark` of the poll before: whatever was made earlier was visible then.
    Updates after the watermark are therefore read several times; `last_batch` has the `updated_at` of what
    the previous poll read, by id, so that each update is sent once. `watermark_floor`: the watermark never
    goes back before it.
    """

    def __init__(self) -> None:
        self.subscribers: defaultdict[UUID, set[Subscriber]] = defaultdict(set)
        self.woken_up = asyncio.Event()
        self.watermark = self.watermark_floor = now()
        self.last_batch: dict[UUID, datetime] = {}
        self._open_streams = STREAMS.labels("sse")

    @asynccontextmanager
    async def subscribe(self, person_id: UUID) -> AsyncIterator[Subscriber]:
        """A subscriber that gets all updates of `person_id` inside the block."""
        subscriber = Subscriber(person_id)
        self.subscribers[person_id].add(subscriber)
        self._open_streams.inc()
        try:
            yield subscriber
        finally:
            self._open_streams.dec()
            self.subscribers[person_id].discard(subscriber)
            if not self.subscribers[person_id]:
                del self.subscribers[person_id]

    async def run(self) -> None:
        """Poll at each wake-up and every `POLL_SECONDS`, until cancelled; outages do not end it."""
        listening = asyncio.create_task(self._listen_for_wake_ups())
        try:
            while True:
                await self._poll()
                try:
                    await asyncio.wait_for(self.woken_up.wait(), POLL_SECONDS)
                    await asyncio.sleep(DEBOUNCE_SECONDS)
                except TimeoutError:
                    pass
                self.woken_up.clear()
        finally:
            listening.cancel()

    async def _poll(self) -> None:
        people = list(self.subscribers)
        try:
            watermark, rows = await asyncio.to_thread(_read, people, self.watermark - WATERMARK_MARGIN)
        except SQLAlchemyError as error:
            log.warning("live_database_away", error=str(error))
            return
        self.watermark = max(watermark, self.watermark_floor)
        self._enqueue([row for row in rows if self.last_batch.get(row.id) != row.updated_at])
        self.last_batch = {row.id: row.updated_at for row in rows}
        if len(rows) == MAX_UPDATES:
            # There may be more than were read. Everybody connects again and catches up from where they were.
            self._disconnect(list(self.subscribers))
            self.watermark = self.watermark_floor = now()

    def _enqueue(self, rows: Sequence[Notification]) -> None:
        for row in rows:
            for subscriber in self.subscribers.get(row.person_id, ()):
                subscriber.enqueue(NotificationUpdate.of(row))

    def _disconnect(self, people: Iterable[UUID]) -> None:
        for person in people:
            for subscriber in self.subscribers.get(person, ()):
                subscriber.close()

    async def disconnect_deactivated_people(self) -> None:
        """End the connections of people who were deleted or deactivated since they connected."""
        people = list(self.subscribers)
        try:
            self._disconnect(set(people) - await asyncio.to_thread(active_people, people))
        except SQLAlchemyError as error:
            log.warning("live_database_away", error=str(error))

    async def _listen_for_wake_ups(self) -> None:
        while True:
            try:
                async with redis.asyncio.Redis.from_url(settings().redis_url) as client:
                    pubsub = client.pubsub()
                    await pubsub.subscribe(CHANNEL)
                    async for _ in pubsub.listen():
                        self.woken_up.set()
            except (redis.RedisError, OSError) as error:
                log.debug("live_hints_away", error=str(error))
                await asyncio.sleep(POLL_SECONDS)


def _read(people: Collection[UUID], since: datetime) -> tuple[datetime, Sequence[Notification]]:
    """The watermark, and the updates of `people` after `since`."""
    with transaction() as session:
        # The watermark is read first. If a transaction commits between the two statements, its updates are
        # after the watermark, and so the next poll reads them again.
        watermark = queries.watermark(session)
        return watermark, queries.updates(session, people, since, MAX_UPDATES) if people else ()


def active_people(people: Collection[UUID]) -> frozenset[UUID]:
    """Those of `people` who exist and are active, and so may be connected."""
    with transaction() as session:
        return queries.active_people(session, people)


def updates_since(person_id: UUID, since: datetime, limit: int) -> list[NotificationUpdate]:
    """At most `limit` updates that a person missed since the watermark `since`, oldest first."""
    with transaction() as session:
        rows = queries.updates(session, {person_id}, since - WATERMARK_MARGIN, limit)
        return [NotificationUpdate.of(row) for row in rows]
