"""Rating over HTTP: always saved, answered at once, promoted by those who may."""

from uuid import uuid4

import pytest

from tests.integration.http.problems import problem
from tests.support.clients.jobs import drain


@pytest.mark.parametrize(
    ("verdict", "outcome"), [("correct", "none"), ("improvable", "pending"), ("incorrect", "pending")]
)
def test_a_rating_is_saved_and_answered_with_what_becomes_of_it(db, sign_in, verdict, outcome):
    shop = db.shop()
    question = db.question(shop)
    answer = sign_in(shop.seller).rate_ok(question, verdict, "Porque sí")
    assert answer["question_id"] == str(question)
    assert (answer["verdict"], answer["comment"], answer["outcome"]) == (verdict, "Porque sí", outcome)
    assert answer["parked_reason"] is None
    [row] = db.all("SELECT * FROM ratings")
    assert (str(row.id), row.verdict, row.rated_by) == (answer["id"], verdict, shop.seller)


def test_a_comment_is_not_needed(db, sign_in):
    shop = db.shop()
    answer = sign_in(shop.seller).call(
        "PUT", f"/v1/questions/{db.question(shop)}/rating", json={"verdict": "correct"}
    )
    assert (answer.status_code, answer.json["comment"]) == (202, "")


def test_any_person_of_the_store_may_rate(db, sign_in):
    shop = db.shop()
    for person in (shop.admin, shop.manager, shop.seller):
        assert sign_in(person).rate(db.question(shop)).status_code == 202


def test_support_does_not_rate(db, sign_in):
    shop = db.shop()
    problem(sign_in(db.support()).rate(db.question(shop)), 403, "forbidden")
    assert db.count("ratings") == 0


def test_another_stores_question_cannot_be_rated_nor_distinguished_from_none(db, sign_in):
    foreign = db.question(db.shop())
    seller = sign_in(db.shop().seller)
    hidden = problem(seller.rate(foreign), 404, "not_found")
    missing = problem(seller.rate(uuid4()), 404, "not_found")
    assert hidden == missing
    assert db.count("ratings") == 0
    assert db.count("outbox") == 0


def test_promoting_asks_again_and_says_so(db, sign_in):
    shop = db.shop(units=0)
    rating = sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    answer = sign_in(shop.manager).post(f"/v1/ratings/{rating['id']}/promote")
    assert answer.status_code == 202
    assert (answer.json["outcome"], answer.json["parked_reason"]) == ("pending", None)


def test_only_a_parked_rating_can_be_promoted(db, sign_in):
    shop = db.shop()
    rating = sign_in(shop.seller).rate_ok(db.question(shop))
    admin = sign_in(shop.admin)
    problem(admin.post(f"/v1/ratings/{rating['id']}/promote"), 409, "rating_not_parked")
    drain()
    problem(admin.post(f"/v1/ratings/{rating['id']}/promote"), 409, "rating_not_parked")


def test_promoting_needs_the_ticket_module(db, sign_in):
    shop = db.shop(units=0)
    rating = sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    for person in (shop.seller, db.support()):
        problem(sign_in(person).post(f"/v1/ratings/{rating['id']}/promote"), 403, "forbidden")
    assert db.one("SELECT outcome FROM ratings") == "parked"


def test_another_stores_rating_cannot_be_promoted(db, sign_in):
    shop = db.shop(units=0)
    rating = sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    stranger = sign_in(db.shop().admin)
    problem(stranger.post(f"/v1/ratings/{rating['id']}/promote"), 404, "not_found")
    problem(stranger.post(f"/v1/ratings/{uuid4()}/promote"), 404, "not_found")
