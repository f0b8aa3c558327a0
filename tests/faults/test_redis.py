"""Redis carries hints only: stopped, emptied or frozen, it loses nothing, and the API never waits for it."""

from __future__ import annotations

import pytest

from tests.faults.conftest import System
from tests.support.load import assert_settled, wait_until_settled
from tests.support.waiting import until
from tests.support.world import World

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
    with system.broker() as client:
        client.flushall()
    assert system.waiting_messages() == 0
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
