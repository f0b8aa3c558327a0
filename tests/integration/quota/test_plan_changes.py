"""A better plan acts at once, a lesser one with the next period."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.db.transactions import transaction
from shared.ids import new_id
from shared.messaging.events import StorePlanChanged
from shared.messaging.outbox.publish import publish
from tests.integration.quota.units import Units
from tests.support.clients.jobs import due, work


@pytest.fixture
def units(db):
    return Units(db)


def test_a_better_plan_raises_the_present_period_at_once(db, units):
    shop = db.shop(1)
    units.ask(shop, 2)
    assert units.answers()["quota.denied"] == 1
    units.change_plan(shop, 4)
    assert units.periods(shop) == [(4, 1)]
    assert units.ledger(shop) == [("grant", 1), ("consume", 1), ("adjust", 3)]
    units.ask(shop, 3)
    assert units.answers()["quota.granted"] == 4


def test_a_lesser_plan_waits_for_the_next_period(db, units):
    shop = db.shop(5)
    units.ask(shop, 3)
    units.change_plan(shop, 2)
    assert units.periods(shop) == [(5, 3)]
    units.ask(shop)
    assert units.periods(shop) == [(5, 4)]
    units.end_period(shop)
    units.ask(shop)
    assert units.periods(shop) == [(5, 4), (2, 1)]
    assert [kind for kind, _ in units.ledger(shop)].count("adjust") == 0


def test_a_plan_without_limit_takes_the_limit_away(db, units):
    shop = db.shop(1)
    units.ask(shop)
    units.change_plan(shop, None)
    assert units.periods(shop) == [(None, 1)]
    assert units.ledger(shop)[-1] == ("adjust", None)
    units.change_plan(shop, 3)
    assert units.periods(shop) == [(None, 1)]


def test_two_better_plans_in_one_period_both_act(db, units):
    shop = db.shop(1)
    units.ask(shop)
    units.change_plan(shop, 3)
    units.change_plan(shop, 7)
    assert units.periods(shop) == [(7, 1)]
    assert units.ledger(shop)[2:] == [("adjust", 2), ("adjust", 4)]


def test_an_event_that_comes_again_or_late_changes_nothing(db, units):
    shop = db.shop(1)
    units.ask(shop)
    units.change_plan(shop, 3)
    units.publish_plan_change(shop)
    units.send("quota.apply_plan", [StorePlanChanged(store_id=shop.id, plan_code="long-gone")])
    assert units.periods(shop) == [(3, 1)]
    assert units.ledger(shop)[2:] == [("adjust", 2)]


def test_after_a_change_to_a_plan_without_tickets_the_period_goes_on_to_its_end(db, units, sign_in):
    shop = db.shop(3)
    units.ask(shop)
    units.change_plan(shop, 0, tickets=False)
    person = sign_in(shop.seller)
    quota = person.read("/v1/quota")
    assert (quota["tickets_included"], quota["limit"], quota["remaining"]) == (True, 3, 2)
    units.ask(shop)
    assert units.answers()["quota.granted"] == 2
    units.end_period(shop)
    quota = person.read("/v1/quota")
    assert (quota["tickets_included"], quota["limit"], quota["resets_at"]) == (False, 0, None)
    units.ask(shop)
    assert units.answers()["quota.denied"] == 1


def test_a_store_that_comes_to_have_tickets_gets_its_period_on_first_use(db, units, sign_in):
    shop = db.shop(0, tickets=False)
    units.ask(shop)
    assert units.answers()["quota.denied"] == 1
    units.change_plan(shop, 2)
    assert units.periods(shop) == []
    assert sign_in(shop.seller).read("/v1/quota")["remaining"] == 2
    units.ask(shop)
    assert units.periods(shop) == [(2, 1)]
    assert units.ledger(shop) == [("grant", 2), ("consume", 1)]


def test_thresholds_of_a_raised_limit_are_announced_anew(db, units):
    shop = db.shop(1)
    units.ask(shop)
    assert units.answers()["quota.threshold_reached"] == 1
    units.change_plan(shop, 5)
    units.ask(shop, 2)
    assert units.answers()["quota.threshold_reached"] == 1
    units.ask(shop)
    assert units.answers()["quota.threshold_reached"] == 2


def test_a_threshold_that_stays_reached_is_not_announced_twice(db, units):
    shop = db.shop(8)
    units.ask(shop, 8)
    units.change_plan(shop, 10)
    assert db.one("SELECT announced_percent FROM quota_periods") == 80
    units.ask(shop)
    assert units.answers()["quota.threshold_reached"] == 1


def test_nobody_is_denied_a_unit_that_a_better_plan_gave_nor_granted_one_it_did_not(db, units):
    shop = db.shop(5)
    units.ask(shop)
    other = db.shop(25)
    db.execute(
        "UPDATE stores SET plan_code = (SELECT plan_code FROM stores WHERE id = :other) WHERE id = :id",
        other=other.id,
        id=shop.id,
    )
    with transaction() as session:
        for number in range(40):
            publish(session, units.asks(shop, [new_id()]))
            if number % 10 == 5:
                publish(session, [StorePlanChanged(store_id=shop.id, plan_code="its own")])
    jobs = [(consumer, [row_id]) for consumer, ids in due().items() for row_id in ids if "quota" in consumer]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda job: work(*job), sorted(jobs, key=lambda job: job[1])))
    units.ask(shop, 40)
    assert units.periods(shop) == [(25, 25)]
    assert units.ledger(shop).count(("adjust", 20)) == 1
    assert units.ledger(shop).count(("consume", 1)) == 25
