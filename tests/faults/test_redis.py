"""Redis carries hints only: stopped, emptied or frozen, it loses nothing, and the API never waits for it."""

from __future__ import annotations

import pytest

from tests.faults.conftest import System
from tests.support.clients.load import assert_settled, wait_until_settled
from tests.support.factories.database import World
from tests.support.waiting import until

pytestmark = pytest.mark.faults

RATINGS = 60  # below the 100 units of a shop, with those that follow


def test_with_redis_stopped_ratings_are_accepted_and_all_become_tickets_once_it_is_back(
    system: System, world: World
):
    shop = world.shop()
    world.support()
    before, meanwhile = world.questions(shop, RATINGS), world.questions(shop, 30)
    system.rate(shop, before)
    system.redis.kill()
    system.rate(shop, meanwhile)
    assert world.count("ratings") == RATINGS + 30
    system.redis.start()
    wait_until_settled(world)
    assert_settled(world, tickets=RATINGS + 30, told=1)


def test_with_redis_frozen_ratings_are_accepted_just_the_same(system: System, world: World):
    """Connections stay open and nothing answers: the half-dead server."""
    shop = world.shop()
    system.redis.pause()
    system.rate(shop, world.questions(shop, 20))
    system.redis.resume()
    wait_until_settled(world)
    assert_settled(world, tickets=20)


def test_flushall_with_messages_waiting_loses_nothing(system: System, world: World):
    shop = world.shop()
    world.support()
    system.kill("worker")
    system.rate(shop, world.questions(shop, RATINGS))
    until(lambda: system.waiting_messages() and world.count("outbox", "claims > 0"))
    # It may have more to send.
    system.processes["relay"].pause()
    with system.broker() as client:
        client.flushall()
    assert system.waiting_messages() == 0
    system.processes["relay"].resume()
    system.start("worker")
    wait_until_settled(world)
    assert_settled(world, tickets=RATINGS, told=1)


def test_flushall_again_and_again_while_work_goes_on_loses_and_doubles_nothing(system: System, world: World):
    shop = world.shop(units=None)
    world.support()
    questions = world.questions(shop, 4 * RATINGS)
    for start in range(0, len(questions), RATINGS):
        system.rate(shop, questions[start : start + RATINGS])
        with system.broker() as client:
            client.flushall()
    wait_until_settled(world)
    assert_settled(world, tickets=len(questions), told=1)


def test_with_redis_out_of_memory_no_worker_ends_and_all_goes_on_once_there_is_room(
    system: System, world: World
):
    shop = world.shop()
    system.processes["worker"].pause()
    system.rate(shop, world.questions(shop, 20))
    until(system.waiting_messages)
    with system.broker() as client:
        client.config_set("maxmemory", 1)
        try:
            # It can take a message, and cannot note that it did.
            system.processes["worker"].resume()
            until(lambda: "OutOfMemoryError" in system.processes["worker"].output(lines=200))
        finally:
            client.config_set("maxmemory", 0)
    wait_until_settled(world)
    assert_settled(world, tickets=20)
    assert system.processes["worker"].running


def test_an_acknowledgement_that_failed_holds_no_worker_up(system: System, world: World):
    """It had been one message at a time: one that stays in hand for ever, and the worker took no more."""
    shop = world.shop(units=None)
    system.rate(shop, world.questions(shop, 1))  # opens the store's period
    wait_until_settled(world)
    with system.database() as other, system.broker() as client:
        # Both of the worker's children wait inside their transactions, their messages in hand.
        other.execute("LOCK TABLE quota_periods IN EXCLUSIVE MODE")
        system.rate(shop, world.questions(shop, 8))
        until(lambda: world.count("pg_stat_activity", "wait_event_type = 'Lock'"))
        client.config_set("maxmemory", 1)
        try:
            other.rollback()
            until(lambda: "Couldn't ack" in system.processes["worker"].output(lines=200))
        finally:
            client.config_set("maxmemory", 0)
    system.rate(shop, world.questions(shop, 8))
    wait_until_settled(world)
    assert_settled(world, tickets=17)
