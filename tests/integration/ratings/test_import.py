"""Other services hand over ratings: by the rule of the HTTP call, each message once by its id."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from shared.db.models import Role
from shared.messaging.inbound.inbox import save_message
from shared.messaging.inbound_events import RatingReceived
from tests.integration.messaging.broker.raw_messages import question, rating
from tests.support.clients.dead_jobs import error_of_dead_job
from tests.support.clients.jobs import drain, due, work


def receive(*messages: Any) -> None:
    for each in messages:
        save_message(RatingReceived, each)
    drain()


def test_a_rating_becomes_a_ticket_of_the_person_it_names(db, shop, sign_in):
    asked = db.question(shop)
    receive(rating(asked, shop.seller, comment="Ese talle no existe"))
    client = sign_in(shop.manager)
    rated = client.read(f"/v1/questions/{asked}")["rating"]
    assert (rated["verdict"], rated["comment"], rated["outcome"]) == (
        "incorrect",
        "Ese talle no existe",
        "ticketed",
    )
    assert db.column("SELECT rated_by FROM ratings") == [shop.seller]
    assert client.read("/v1/quota")["used"] == 1
    assert db.count("outbox") == 0


def test_a_correct_answer_asks_for_no_ticket(db, shop):
    receive(rating(db.question(shop), shop.seller, verdict="correct", comment=""))
    assert db.column("SELECT outcome FROM ratings") == ["none"]
    assert db.count("tickets") == 0


def test_without_units_it_is_parked(db):
    shop = db.shop(0)
    receive(rating(db.question(shop), shop.seller))
    assert db.all("SELECT outcome, parked_reason FROM ratings") == [("parked", "quota_exhausted")]


def test_the_same_id_again_changes_nothing_even_after_another_rating(db, shop):
    first = rating(db.question(shop), shop.seller, verdict="incorrect")
    second = {**first, "id": str(uuid4()), "verdict": "correct"}
    receive(first, first)
    receive(second)
    receive({**first, "comment": "otra vez"})
    assert db.all("SELECT verdict, comment FROM ratings") == [("correct", second["comment"])]
    assert db.count("timeline", "kind = 'rerated'") == 1
    assert db.count("tickets") == 1


def test_the_same_message_handled_by_two_workers_at_once_acts_once(db, shop):
    sent = rating(db.question(shop), shop.seller)
    for _ in range(8):
        save_message(RatingReceived, sent)
    ids = due()["ratings.import"]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row: work("ratings.import", [row]), ids))
    drain()
    assert db.count("ratings") == db.count("tickets") == 1
    assert db.count("timeline", "kind = 'rerated'") == 0
    assert db.count("outbox") == 0


def test_it_waits_for_the_question_it_overtook(db, shop):
    asked = question(shop.id)
    save_message(RatingReceived, rating(asked["id"], shop.seller))
    work("ratings.import")
    [row] = db.all("SELECT last_error, dead_at, attempts FROM outbox")
    assert (row.dead_at, row.attempts) == (None, 1)
    assert row.last_error == (
        f"QuestionMissing: ratings.record: question_id: no such question: {asked['id']}"
    )
    db.question(shop, id=asked["id"])
    db.execute("UPDATE outbox SET available_at = now()")
    drain()
    assert db.count("ratings") == 1
    assert db.count("outbox") == 0


@pytest.mark.parametrize("who", ["stranger", "nobody", "inactive", "support"])
def test_only_an_active_person_of_the_store_rates(db, shop, who):
    asked = db.question(shop)
    person = {
        "stranger": lambda: db.shop().seller,
        "nobody": uuid4,
        "inactive": lambda: db.person(shop.id, Role.ADMINISTRADOR, active=False),
        "support": db.support,
    }[who]()
    receive(rating(asked, person))
    expected = "not_found: It does not exist" if who == "stranger" else f"nobody active of a store: {person}"
    assert expected in error_of_dead_job(db, "ratings.import")
    assert db.count("ratings") == db.count("rating_messages") == 0


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": "7"}, "'id'"),
        ({"verdict": "red"}, "'verdict'"),
        ({"comment": "x" * 20_001}, "'comment'"),
        ({"question_id": None}, "'question_id'"),
        ({"attachment_ids": "none"}, "'attachment_ids'"),
        ({"colour": "red"}, "'colour'"),
        ({"version": 2}, "version 2 is unknown; known: 1"),
        ({"version": True}, "'version'"),
        ({"attachment_ids": ["019a0000-0000-7000-8000-000000000000"]}, "attachment_unknown"),
    ],
    ids=str,
)
def test_an_invalid_message_is_dead_at_once_and_says_what_is_wrong(db, shop, changes, named):
    receive(rating(db.question(shop), shop.seller, **changes))
    assert error_of_dead_job(db, "ratings.import").startswith("ratings.record: ")
    assert named in error_of_dead_job(db, "ratings.import")
    assert db.count("ratings") == 0


def test_the_neighbours_of_bad_messages_are_recorded(db, shop):
    asked = db.questions(shop, 6)
    good = [rating(question_id, shop.seller) for question_id in asked]
    receive(good[0], rating(asked[0], uuid4()), *good[1:4], "no object", *good[4:])
    assert db.count("ratings") == 6
    assert db.count("outbox", "dead_at IS NOT NULL") == db.count("outbox") == 2
