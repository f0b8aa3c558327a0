"""`kill -9` in the middle of a batch: PostgreSQL rolls it back, the lease ends, somebody else does it."""

from __future__ import annotations

import pytest

from tests.faults.conftest import System
from tests.support.clients.load import assert_settled, wait_until_settled
from tests.support.factories.database import Database
from tests.support.waiting import until

pytestmark = pytest.mark.faults

RATINGS = 40


def test_a_worker_killed_in_mid_batch_leaves_its_work_to_the_next(system: System, db: Database):
    shop = db.shop()
    db.support()
    system.rate(shop, db.questions(shop, 1))  # opens the store's period
    wait_until_settled(db)
    with system.database() as other:
        # Whoever decides on units has taken its rows and waits for this lock, inside its transaction.
        other.execute("SELECT FROM quota_periods FOR UPDATE")
        system.rate(shop, db.questions(shop, RATINGS))
        until(lambda: db.count("pg_stat_activity", "wait_event_type = 'Lock'"))
        system.kill("worker")
        assert db.count("outbox", "consumer = 'quota.check'") == RATINGS
    system.start("worker")
    wait_until_settled(db)
    assert_settled(db, tickets=RATINGS + 1, notified=1)


def test_a_relay_killed_between_lease_and_send_leaves_its_rows_to_the_next(system: System, db: Database):
    shop = db.shop()
    db.support()
    with system.broker() as client:
        client.execute_command("CLIENT", "PAUSE", 600_000, "WRITE")  # it can look, but not send
        try:
            system.rate(shop, db.questions(shop, RATINGS))
            until(lambda: db.count("outbox", "claims > 0"))
            system.kill("relay")
        finally:
            client.execute_command("CLIENT", "UNPAUSE")
    system.start("relay")
    wait_until_settled(db)
    assert_settled(db, tickets=RATINGS + 0, notified=1)


def test_everything_killed_again_and_again_under_load_loses_and_doubles_nothing(system: System, db: Database):
    shop = db.shop(units=None)
    db.support()
    for victim in ("worker", "relay", "worker"):
        system.rate(shop, db.questions(shop, RATINGS))
        until(lambda: db.count("tickets") or db.count("outbox"))
        system.kill(victim)
        system.start(victim)
    wait_until_settled(db)
    assert_settled(db, tickets=3 * RATINGS, notified=1)


def test_an_api_killed_has_stored_what_it_acknowledged(system: System, db: Database):
    shop = db.shop()
    system.rate(shop, db.questions(shop, RATINGS))
    system.kill("api")
    system.start("api")
    wait_until_settled(db)
    assert_settled(db, tickets=RATINGS)
    assert len(system.client(shop.admin).read("/v1/tickets", limit=100)["items"]) == RATINGS
