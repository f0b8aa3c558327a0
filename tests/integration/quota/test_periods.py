"""A period opens once, on first use, and the next begins where it ended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from shared.clock import now
from shared.db.transactions import transaction
from shared.ids import new_id
from shared.messaging.outbox.publish import publish
from tests.integration.quota.units import Units
from tests.support.clients.jobs import due, work


@pytest.fixture
def units(db):
    return Units(db)


def test_workers_that_ask_at_once_open_one_period_with_one_grant_per_store(db, units):
    shops = [db.shop(50) for _ in range(4)]
    with transaction() as session:
        for _ in range(10):
            for shop in shops:
                publish(session, units.asks(shop, [new_id()]))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row_id: work("quota.check", [row_id]), due()["quota.check"]))
    for shop in shops:
        assert units.periods(shop) == [(50, 10)]
        assert units.ledger(shop).count(("grant", 50)) == 1
    assert db.count("outbox", "attempts > 0") == 0


def test_the_grant_is_written_under_the_id_of_its_period(db, units):
    units.ask(db.shop(3))
    assert db.one(
        "SELECT l.subject_id = p.id AND l.period_id = p.id FROM quota_ledger l, quota_periods p"
        " WHERE l.kind = 'grant'"
    )


def test_a_new_subscription_day_never_makes_two_periods_of_one_day(db, units):
    today = now().date()
    shop = db.shop(3, subscribed_on=today - timedelta(days=20))
    units.ask(shop)
    units.end_period(shop)
    db.execute(
        "UPDATE stores SET subscribed_on = :day, time_zone = 'Asia/Tokyo' WHERE id = :id",
        day=today - timedelta(days=10),
        id=shop.id,
    )
    units.ask(shop)
    [first, second] = db.all("SELECT starts_at, ends_at FROM quota_periods ORDER BY starts_at")
    assert first.ends_at == second.starts_at < second.ends_at


def test_a_store_that_was_long_idle_gets_the_period_of_today_and_no_longer_one(db, units):
    shop = db.shop(3, subscribed_on=date(2024, 1, 1))
    units.ask(shop)
    db.execute(
        "UPDATE quota_periods SET starts_at = starts_at - :year, ends_at = ends_at - :year",
        year=timedelta(days=365),
    )
    units.ask(shop)
    newest = db.one("SELECT max(ends_at - starts_at) FROM quota_periods WHERE ends_at > now()")
    assert newest <= timedelta(days=31, hours=1)
