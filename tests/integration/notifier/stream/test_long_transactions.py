"""Changes are seen when their transaction ends, however long after they were made: none is passed over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from services.notifier.stream import hub as hubs
from services.notifier.stream.endpoint import _events
from services.notifier.stream.hub import Hub, updates_since
from shared.ids import new_id
from tests.support.factories.database import Database, StoreFixture

NOTIFY = text("""
    INSERT INTO notifications (id, person_id, store_id, event, count, detail, created_at, updated_at)
    VALUES (:id, :person, :store, 'quota.exhausted', 1, '{}', clock_timestamp(), clock_timestamp())
""")


@pytest.fixture(autouse=True)
def _no_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every transaction here took longer than looks overlap."""
    monkeypatch.setattr(hubs, "WATERMARK_MARGIN", timedelta(0))


def notify(connection: Connection, shop: StoreFixture) -> UUID:
    """A notification of the store's administrator."""
    values = {"id": new_id(), "person": shop.admin, "store": shop.id}
    connection.execute(NOTIFY, values)
    return values["id"]


def test_a_change_that_was_made_before_two_polls_and_ends_after_them_is_sent(db: Database, database: Engine):
    shop = db.shop()

    async def listen() -> tuple[UUID, UUID]:
        hub = Hub()
        async with hub.subscribe(shop.admin) as listener:
            with database.begin() as slow:
                made = notify(slow, shop)
                for _ in range(2):
                    await hub._poll()
                assert listener.queue.empty()
            await hub._poll()
            received = listener.queue.get_nowait()
            assert received is not None
            return made, received.id

    made, received = asyncio.run(listen())
    assert received == made


def test_while_something_is_written_for_long_nothing_is_sent_twice_and_nobody_cut_off(
    db: Database, database: Engine
):
    shop = db.shop()

    async def listen() -> list[UUID]:
        hub, received = Hub(), []
        async with hub.subscribe(shop.admin) as listener:
            with database.begin() as slow:
                notify(slow, shop)
                for _ in range(3):
                    with database.begin() as quick:
                        for _ in range(hubs.MAX_QUEUED // 2):
                            notify(quick, shop)
                    await hub._poll()
                    while not listener.queue.empty():
                        change = listener.queue.get_nowait()
                        assert change is not None
                        received.append(change.id)
        return received

    received = asyncio.run(listen())
    assert len(received) == len(set(received)) == 3 * (hubs.MAX_QUEUED // 2)


async def id_of_next(events: AsyncIterator[bytes]) -> datetime:
    """The id of the next event: the time to read on from."""
    lines = (await anext(events)).decode().splitlines()
    return datetime.fromisoformat(lines[0].removeprefix("id: "))


def test_a_reader_who_got_a_later_change_reads_on_from_before_it(db: Database, database: Engine):
    shop = db.shop()

    async def listen() -> tuple[UUID, datetime]:
        hub = Hub()
        events = _events(hub, shop.admin, time.time() + 60, None)
        await anext(events)
        with database.begin() as slow:
            made = notify(slow, shop)
            with database.begin() as quick:
                notify(quick, shop)
            await hub._poll()
            known = await id_of_next(events)
        await events.aclose()
        return made, known

    made, known = asyncio.run(listen())
    assert made in [update.id for update in updates_since(shop.admin, known, 10)]
