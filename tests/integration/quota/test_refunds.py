"""A unit given back returns to the period it was taken in, once, whatever happens at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from shared.db.transactions import transaction
from shared.ids import new_id
from shared.messaging.events import RefundDue
from shared.messaging.outbox.publish import publish
from tests.integration.quota.units import Units
from tests.support.clients.jobs import due, work
from tests.support.waiting import until

WAITING = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
LOCK = text("SELECT id FROM quota_periods WHERE store_id = :id FOR UPDATE NOWAIT")


@pytest.fixture
def units(db):
    return Units(db)


def test_a_refund_frees_the_unit_and_stands_in_the_ledger(db, units):
    shop = db.shop(3)
    first, _ = units.ask(shop, 2)
    units.refund(shop, first)
    assert units.periods(shop) == [(3, 1)]
    assert units.ledger(shop) == [("grant", 3), ("consume", 1), ("consume", 1), ("refund", 1)]


def test_the_freed_unit_goes_to_the_next_who_asks(db, units):
    shop = db.shop(1)
    [first] = units.ask(shop)
    units.ask(shop)
    assert units.answers()["quota.denied"] == 1
    units.refund(shop, first)
    units.ask(shop)
    assert units.answers()["quota.granted"] == 2
    assert units.periods(shop) == [(1, 1)]


def test_refunding_again_changes_nothing(db, units):
    shop = db.shop(5)
    subjects = units.ask(shop, 3)
    units.refund(shop, subjects[0], subjects[0])
    units.refund(shop, subjects[0])
    assert units.periods(shop) == [(5, 2)]
    assert Counter(units.ledger(shop))["refund", 1] == 1


def test_a_subject_without_a_unit_gets_none_back(db, units):
    shop = db.shop(5)
    units.ask(shop)
    units.refund(shop, new_id())
    assert units.periods(shop) == [(5, 1)]
    assert db.count("outbox", "consumer = 'quota.refund'") == 0


def test_a_refunded_subject_that_asks_again_keeps_its_ticket_and_takes_no_second_unit(db, units):
    shop = db.shop(2)
    [subject] = units.ask(shop)
    units.refund(shop, subject)
    units.send("quota.check", units.asks(shop, [subject]))
    assert units.answers()["quota.granted"] == 2
    assert units.periods(shop) == [(2, 0)]
    units.refund(shop, subject)
    assert units.periods(shop) == [(2, 0)]


def test_a_refund_goes_to_the_period_the_unit_was_taken_in(db, units):
    shop = db.shop(4)
    before = units.ask(shop, 2)
    units.end_period(shop)
    units.ask(shop, 3)
    units.refund(shop, *before)
    assert units.periods(shop) == [(4, 0), (4, 3)]


def test_without_a_limit_units_are_counted_and_given_back_too(db, units):
    shop = db.shop(None)
    first, _ = units.ask(shop, 2)
    units.refund(shop, first)
    assert units.periods(shop) == [(None, 1)]
    assert units.ledger(shop) == [("consume", 1), ("consume", 1), ("refund", 1)]


def test_a_threshold_is_not_announced_again_after_a_refund(db, units):
    shop = db.shop(5)
    subjects = units.ask(shop, 4)
    assert units.answers()["quota.threshold_reached"] == 1
    units.refund(shop, subjects[0])
    units.ask(shop)
    assert units.periods(shop) == [(5, 4)]
    assert units.answers()["quota.threshold_reached"] == 1


def test_a_counter_that_lacks_the_units_is_an_error_and_nothing_is_written(db, units):
    shop = db.shop(5)
    [subject] = units.ask(shop)
    db.execute("UPDATE quota_periods SET used = 0")
    units.refund(shop, subject)
    assert units.ledger(shop) == [("grant", 5), ("consume", 1)]
    assert "fewer units than their ledger" in db.one(
        "SELECT last_error FROM outbox WHERE consumer = 'quota.refund'"
    )


def test_taking_and_giving_back_at_once_keeps_counter_and_ledger_equal(db, units):
    limit, asked = 20, 40
    shops = [db.shop(limit) for _ in range(3)]
    held = {shop: units.ask(shop, 15) for shop in shops}
    with transaction() as session:
        for number in range(asked):
            for shop in shops:
                publish(session, units.asks(shop, [new_id()]))
                # Each unit is given back twice over, by different workers.
                back = held[shop][number % 15]
                publish(session, [RefundDue(store_id=shop.id, subject_id=back)])
    jobs = [
        (consumer, ids[start : start + 7])
        for consumer, ids in due().items()
        if consumer in {"quota.check", "quota.refund"}
        for start in range(0, len(ids), 7)
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda job: work(*job), sorted(jobs, key=lambda job: job[1][0])))
    for shop in shops:
        moved = Counter(units.ledger(shop))
        [(_, used)] = units.periods(shop)
        assert moved["refund", 1] == 15
        assert used == moved["consume", 1] - moved["refund", 1] <= limit
        # Whoever asked before the units were back was denied; everybody was answered.
        assert moved["consume", 1] <= 15 + limit
    answers = units.answers()
    assert answers["quota.granted"] + answers["quota.denied"] == 3 * (15 + asked)
    assert db.count("outbox", "attempts > 0") == 0


def test_a_refund_that_waits_for_a_period_holds_none_that_comes_after_it(db, units):
    """Whoever takes periods takes them in this order, so nobody waits in a circle."""
    shops = sorted((db.shop() for _ in range(8)), key=lambda shop: shop.id)
    due_back = [units.ask(shop)[0] for shop in shops]
    with transaction() as session:
        publish(
            session,
            [
                RefundDue(store_id=shop.id, subject_id=subject)
                for shop, subject in reversed(list(zip(shops, due_back, strict=True)))
            ],
        )
    with ThreadPoolExecutor(1) as pool:
        with transaction() as session:
            session.execute(LOCK, {"id": shops[0].id})
            refunding = pool.submit(work, "quota.refund")
            until(lambda: db.one(WAITING))
            for shop in shops[1:]:
                session.execute(LOCK, {"id": shop.id})
        refunding.result()
    assert [units.periods(shop) for shop in shops] == [[(100, 0)]] * 8
