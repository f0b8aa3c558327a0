"""The hub: reads what changed for everyone connected, once, and hands each their own."""

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

LOOK_SECONDS = 2.0
"""How long a hint may be missing before the hub looks by itself."""

GATHER_SECONDS = 0.1
"""Hints that come together are answered by one look."""

OVERLAP = timedelta(seconds=10)
"""How much earlier than its transaction's first row, by whatever clock, a change may say it was made."""

MOST = 5_000
"""Changes read by one look; with more, everyone is told to read their lists anew."""

WAITING = 256
"""Changes a slow reader may leave waiting before it is cut off, to come back and read them."""

log = structlog.get_logger(__name__)


class Change(msgspec.Struct, frozen=True):
    """One notification, as it is now."""

    id: UUID
    event: str
    ticket_id: UUID | None
    count: int
    detail: dict[str, object]
    updated_at: datetime

    @classmethod
    def of(cls, row: Notification) -> Change:
        """The change a row stands for."""
        return cls(row.id, row.event, row.ticket_id, row.count, row.detail, row.updated_at)


class Listener:
    """One connection: what waits for it; None ends it."""

    def __init__(self, person_id: UUID) -> None:
        self.person_id = person_id
        self.waiting: asyncio.Queue[Change | None] = asyncio.Queue()

    def give(self, change: Change | None) -> None:
        """Add to what waits; a reader that is too slow is ended instead."""
        self.waiting.put_nowait(change if self.waiting.qsize() < WAITING else None)


class Hub:
    """Everyone connected to this process.

    A change is told under the time it was made at, and seen when its transaction ends. So everybody reads on
    from `settled_at`: what was made before was there to be read at the last look. What is read again for that
    is `known`, by its id and time, and handed out once.
    """

    def __init__(self) -> None:
        self.listeners: defaultdict[UUID, set[Listener]] = defaultdict(set)
        self.hinted = asyncio.Event()
        self.settled_at = self.emptied_at = now()
        self.known: dict[UUID, datetime] = {}
        self._open = STREAMS.labels("sse")

    @asynccontextmanager
    async def listening(self, person_id: UUID) -> AsyncIterator[Listener]:
        """A listener of `person_id`, hearing of everything from now on."""
        listener = Listener(person_id)
        self.listeners[person_id].add(listener)
        self._open.inc()
        try:
            yield listener
        finally:
            self._open.dec()
            self.listeners[person_id].discard(listener)
            if not self.listeners[person_id]:
                del self.listeners[person_id]

    async def run(self) -> None:
        """Look whenever there is a hint, and every two seconds; go on whatever fails."""
        hints = asyncio.create_task(self._hear_hints())
        try:
            while True:
                await self._look()
                try:
                    await asyncio.wait_for(self.hinted.wait(), LOOK_SECONDS)
                    await asyncio.sleep(GATHER_SECONDS)
                except TimeoutError:
                    pass
                self.hinted.clear()
        finally:
            hints.cancel()

    async def _look(self) -> None:
        people = list(self.listeners)
        try:
            settled_at, rows = await asyncio.to_thread(_read, people, self.settled_at - OVERLAP)
        except SQLAlchemyError as error:
            log.warning("live_database_away", error=str(error))
            return
        self.settled_at = max(settled_at, self.emptied_at)
        self._hand_out([row for row in rows if self.known.get(row.id) != row.updated_at])
        self.known = {row.id: row.updated_at for row in rows}
        if len(rows) == MOST:
            # Too much to tell one by one: ended listeners come back and are told from where they were.
            self._end(list(self.listeners))
            self.settled_at = self.emptied_at = now()

    def _hand_out(self, rows: Sequence[Notification]) -> None:
        for row in rows:
            for listener in self.listeners.get(row.person_id, ()):
                listener.give(Change.of(row))

    def _end(self, people: Iterable[UUID]) -> None:
        for person in people:
            for listener in self.listeners.get(person, ()):
                listener.give(None)

    async def end_those_not_admitted(self) -> None:
        """Cut off people who were removed or deactivated since they connected."""
        people = list(self.listeners)
        try:
            self._end(set(people) - await asyncio.to_thread(admitted, people))
        except SQLAlchemyError as error:
            log.warning("live_database_away", error=str(error))

    async def _hear_hints(self) -> None:
        while True:
            try:
                async with redis.asyncio.Redis.from_url(settings().redis_url) as client:
                    heard = client.pubsub()
                    await heard.subscribe(CHANNEL)
                    async for _ in heard.listen():
                        self.hinted.set()
            except (redis.RedisError, OSError) as error:
                log.debug("live_hints_away", error=str(error))
                await asyncio.sleep(LOOK_SECONDS)


def _read(people: Collection[UUID], since: datetime) -> tuple[datetime, Sequence[Notification]]:
    with transaction() as session:
        # Asked first: what is open now and ends before the rows are read is then only read twice.
        settled_at = queries.settled(session)
        return settled_at, queries.changes(session, people, since, MOST) if people else ()


def admitted(people: Collection[UUID]) -> frozenset[UUID]:
    """Those of `people` who may listen."""
    with transaction() as session:
        return queries.admitted(session, people)


def missed(person_id: UUID, since: datetime, most: int) -> list[Change]:
    """What a person who was away since `since` has to be told, `most` at most, oldest first."""
    with transaction() as session:
        return [Change.of(row) for row in queries.changes(session, {person_id}, since - OVERLAP, most)]
