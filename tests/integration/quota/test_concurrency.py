"""Everybody asks at once: as many tickets as there are units, whoever works on them and in whatever order."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from tests.support.clients.jobs import drain, due, work
from tests.support.factories.database import Database
from tests.support.processes import databases
from tests.support.waiting import until

WAIT = 60


def settle_together(consumer: str, size: int, workers: int = 4) -> None:
    """Have several workers handle the rows of a consumer at once, each given all of them, out of step."""
    rows = due().get(consumer, [])
    messages = [rows[start : start + size] for start in range(0, len(rows), size)]
    together = threading.Barrier(workers)

    def worker(number: int) -> None:
        together.wait(WAIT)
        for message in messages[number:] + messages[:number]:
            work(consumer, message)

    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(worker, number) for number in range(workers)]:
            done.result(WAIT)


def assert_settled(db: Database, shop_id: object, tickets: int, parked: int) -> None:
    """The tickets, the ledger, the counter and the ratings agree."""
    assert db.count("tickets", "store_id = :id", id=shop_id) == tickets
    assert db.count("ratings", "store_id = :id AND outcome = 'ticketed'", id=shop_id) == tickets
    assert db.count("ratings", "store_id = :id AND outcome = 'parked'", id=shop_id) == parked
    assert db.count("quota_ledger", "store_id = :id AND kind = 'consume'", id=shop_id) == tickets
    assert db.one("SELECT used FROM quota_periods WHERE store_id = :id", id=shop_id) == tickets
    numbers = db.column("SELECT number FROM tickets WHERE store_id = :id ORDER BY number", id=shop_id)
    assert numbers == list(range(1, tickets + 1))
    assert db.count("outbox") == 0


@pytest.mark.parametrize("size", [1, 13, 200])
def test_200_ratings_at_once_for_7_units_are_7_tickets_and_193_parked(db, sign_in, size):
    shop = db.shop(units=7)
    questions = db.questions(shop, 200)
    with ThreadPoolExecutor(8) as people:
        clients = [sign_in(shop.seller) for _ in range(8)]
        rated = [
            people.submit(clients[number % 8].rate_ok, question) for number, question in enumerate(questions)
        ]
        assert {answer.result(WAIT)["outcome"] for answer in rated} == {"pending"}
    settle_together("quota.check", size)
    settle_together("tickets.open", size)
    settle_together("tickets.park", size)
    drain()
    assert_settled(db, shop.id, tickets=7, parked=193)


def test_several_stores_at_once_neither_block_nor_rob_each_other(db, sign_in):
    shops = [db.shop(units=units) for units in (0, 3, 20, None)]
    for questions in zip(*(db.questions(shop, 25) for shop in shops), strict=True):
        for shop, question in zip(shops, questions, strict=True):
            sign_in(shop.seller).rate_ok(question)
    settle_together("quota.check", 7)
    settle_together("tickets.open", 7)
    drain()
    for shop, tickets in zip(shops, (0, 3, 20, 25), strict=True):
        assert_settled(db, shop.id, tickets=tickets, parked=25 - tickets)


def test_promoting_everything_parked_consumes_only_the_units_that_came_back(db, sign_in):
    shop = db.shop(units=2)
    for question in db.questions(shop, 10):
        sign_in(shop.seller).rate_ok(question)
    drain()
    db.execute("UPDATE quota_periods SET unit_limit = 5")
    parked = db.column("SELECT id FROM ratings WHERE outcome = 'parked'")
    with ThreadPoolExecutor(8) as people:
        # Impatient people: each asks twice for the same rating.
        answers = list(
            people.map(
                lambda rating: sign_in(shop.admin).post(f"/v1/ratings/{rating}/promote").status_code,
                parked * 2,
            )
        )
    assert sorted(answers) == [202] * 8 + [409] * 8
    settle_together("quota.check", 1)
    drain()
    assert_settled(db, shop.id, tickets=5, parked=5)


def test_a_decision_waits_for_whoever_is_taking_the_last_unit(db, sign_in, database_url):
    """And sees it gone, instead of taking it too and being refused by the constraint."""
    shop = db.shop(units=2)
    first, second = db.questions(shop, 2)
    sign_in(shop.seller).rate_ok(first)
    drain()
    sign_in(shop.seller).rate_ok(second)
    waits = "wait_event_type = 'Lock' AND datname = current_database()"
    with ThreadPoolExecutor(1) as pool:
        with databases.connect(database_url).begin() as other:
            other.execute(text("UPDATE quota_periods SET used = 2"))
            deciding = pool.submit(work, "quota.check")
            until(lambda: db.count("pg_stat_activity", waits))
        deciding.result(WAIT)
    assert db.all("SELECT consumer, attempts FROM outbox") == [("tickets.park", 0)]
