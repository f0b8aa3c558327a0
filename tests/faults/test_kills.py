"""`kill -9` in the middle of a batch: PostgreSQL rolls it back, the lease ends, somebody else does it."""

from __future__ import annotations

import pytest

from tests.faults.conftest import System
from tests.support.clients.load import assert_settled, wait_until_settled
from tests.support.factories.database import World
from tests.support.waiting import until

pytestmark = pytest.mark.faults

RATINGS = 40


def test_a_worker_killed_in_mid_batch_leaves_its_work_to_the_next(system: System, world: World):
    shop = world.shop()
    world.support()
    system.rate(shop, world.questions(shop, 1))  # opens the store's period
    wait_until_settled(world)
    with system.database() as other:
        # Whoever decides on units has taken its rows and waits for this lock, inside its transaction.
        other.execute("SELECT FROM quota_periods FOR UPDATE")
        system.rate(shop, world.questions(shop, RATINGS))
        until(lambda: world.count("pg_stat_activity", "wait_event_type = 'Lock'"))
        system.kill("worker")
        assert world.count("outbox", "consumer = 'quota.check'") == RATINGS
    system.start("worker")
    wait_until_settled(world)
    assert_settled(world, tickets=RATINGS + 1, told=1)


def test_a_relay_killed_between_lease_and_send_leaves_its_rows_to_the_next(system: System, world: World):
    shop = world.shop()
    world.support()
    with system.broker() as client:
        client.execute_command("CLIENT", "PAUSE", 600_000, "WRITE")  # it can look, but not send
        try:
            system.rate(shop, world.questions(shop, RATINGS))
            until(lambda: world.count("outbox", "claims > 0"))
            system.kill("relay")
        finally:
            client.execute_command("CLIENT", "UNPAUSE")
    system.start("relay")
    wait_until_settled(world)
    assert_settled(world, tickets=RATINGS + 0, told=1)


def test_everything_killed_again_and_again_under_load_loses_and_doubles_nothing(system: System, world: World):
    shop = world.shop(units=None)
    world.support()
    for victim in ("worker", "relay", "worker"):
        system.rate(shop, world.questions(shop, RATINGS))
        until(lambda: world.count("tickets") or world.count("outbox"))
        system.kill(victim)
        system.start(victim)
    wait_until_settled(world)
    assert_settled(world, tickets=3 * RATINGS, told=1)


def test_an_api_killed_has_kept_what_it_answered_for(system: System, world: World):
    shop = world.shop()
    system.rate(shop, world.questions(shop, RATINGS))
    system.kill("api")
    system.start("api")
    wait_until_settled(world)
    assert_settled(world, tickets=RATINGS)
    assert len(system.visitor(shop.admin).get("/v1/tickets", limit=100)["items"]) == RATINGS
