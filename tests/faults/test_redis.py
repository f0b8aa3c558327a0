"""Redis carries hints only: stopped, emptied or frozen, it loses nothing, and the API never waits for it."""

from __future__ import annotations

import pytest

from tests.faults.conftest import System
from tests.support.clients.load import assert_settled, wait_until_settled
from tests.support.factories.database import Database
from tests.support.waiting import until

pytestmark = pytest.mark.faults

RATINGS = 60  # below the 100 units of a shop, with those that follow


def test_with_redis_stopped_ratings_are_accepted_and_all_become_tickets_once_it_is_back(
    system: System, db: Database
):
    shop = db.shop()
    db.support()
    before, meanwhile = db.questions(shop, RATINGS), db.questions(shop, 30)
    system.rate(shop, before)
    system.redis.process.kill()
    system.rate(shop, meanwhile)
    assert db.count("ratings") == RATINGS + 30
    system.redis.start()
    wait_until_settled(db)
    assert_settled(db, tickets=RATINGS + 30, notified=1)


def test_with_redis_frozen_ratings_are_accepted_just_the_same(system: System, db: Database):
    """Connections stay open and nothing answers: the half-dead server."""
    shop = db.shop()
    system.redis.process.pause()
    system.rate(shop, db.questions(shop, 20))
    system.redis.process.resume()
    wait_until_settled(db)
    assert_settled(db, tickets=20)


def test_flushall_with_messages_waiting_loses_nothing(system: System, db: Database):
    shop = db.shop()
    db.support()
    system.kill("worker")
    system.rate(shop, db.questions(shop, RATINGS))
    until(lambda: system.waiting_messages() and db.count("outbox", "claims > 0"))
    # It may have more to send.
    system.processes["relay"].pause()
    with system.broker() as client:
        client.flushall()
    assert system.waiting_messages() == 0
    system.processes["relay"].resume()
    system.start("worker")
    wait_until_settled(db)
    assert_settled(db, tickets=RATINGS, notified=1)


def test_flushall_again_and_again_while_work_goes_on_loses_and_doubles_nothing(system: System, db: Database):
    shop = db.shop(units=None)
    db.support()
    questions = db.questions(shop, 4 * RATINGS)
    for start in range(0, len(questions), RATINGS):
        system.rate(shop, questions[start : start + RATINGS])
        with system.broker() as client:
            client.flushall()
    wait_until_settled(db)
    assert_settled(db, tickets=len(questions), notified=1)


def test_with_redis_out_of_memory_no_worker_ends_and_all_goes_on_once_there_is_room(
    system: System, db: Database
):
    shop = db.shop()
    system.processes["worker"].pause()
    system.rate(shop, db.questions(shop, 20))
    until(system.waiting_messages)
    with system.broker() as client:
        client.config_set("maxmemory", 1)
        try:
            # It can take a message, and cannot note that it did.
            system.processes["worker"].resume()
            until(lambda: "OutOfMemoryError" in system.processes["worker"].output(lines=200))
        finally:
            client.config_set("maxmemory", 0)
    wait_until_settled(db)
    assert_settled(db, tickets=20)
    assert system.processes["worker"].running


def test_an_acknowledgement_that_failed_holds_no_worker_up(system: System, db: Database):
    """It had been one message at a time: one that stays in hand for ever, and the worker took no more."""
    shop = db.shop(units=None)
    system.rate(shop, db.questions(shop, 1))  # opens the store's period
    wait_until_settled(db)
    with system.database() as other, system.broker() as client:
        # Both of the worker's children wait inside their transactions, their messages in hand.
        other.execute("LOCK TABLE quota_periods IN EXCLUSIVE MODE")
        system.rate(shop, db.questions(shop, 8))
        until(lambda: db.count("pg_stat_activity", "wait_event_type = 'Lock'"))
        client.config_set("maxmemory", 1)
        try:
            other.rollback()
            until(lambda: "Couldn't ack" in system.processes["worker"].output(lines=200))
        finally:
            client.config_set("maxmemory", 0)
    system.rate(shop, db.questions(shop, 8))
    wait_until_settled(db)
    assert_settled(db, tickets=17)
