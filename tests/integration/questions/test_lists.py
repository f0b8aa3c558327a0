"""Answered questions: by origin, rated or not, by text, page by page, one's own store's only."""

from typing import Any
from uuid import uuid4

import pytest

from tests.integration.http.problems import problem
from tests.support.clients.jobs import drain


def ids(items: list[Any]) -> list[str]:
    return [item["id"] for item in items]


def test_questions_come_newest_first_page_by_page_each_once(db, sign_in):
    shop = db.shop()
    newest_first = [str(question) for question in db.questions(shop, 7)][::-1]
    seller = sign_in(shop.seller)
    assert ids(seller.walk("/v1/questions", limit=3)) == newest_first
    assert ids(seller.read("/v1/questions", limit=3)["items"]) == newest_first[:3]


def test_questions_asked_in_the_same_moment_are_not_lost_between_pages(db, sign_in):
    shop = db.shop()
    moment = db.one("SELECT now()")
    asked = [str(question) for question in db.questions(shop, 7, asked_at=moment)]
    assert sorted(ids(sign_in(shop.seller).walk("/v1/questions", limit=2))) == sorted(asked)


def test_a_question_asked_meanwhile_moves_no_page(db, sign_in):
    shop = db.shop()
    expected = [str(question) for question in db.questions(shop, 4)][::-1]
    seller = sign_in(shop.seller)
    first = seller.read("/v1/questions", limit=2)
    db.question(shop, asked_at=db.one("SELECT now()"))
    second = seller.read("/v1/questions", limit=2, cursor=first["next_cursor"])
    assert ids(first["items"]) + ids(second["items"]) == expected


def test_filters_combine(db, sign_in):
    shop = db.shop()
    matching = db.question(shop, origin="test", text="¿Tiene GARANTÍA?")
    db.question(shop, origin="history", text="¿Tiene garantía?")
    db.question(shop, origin="test", text="¿Precio?")
    rated = db.question(shop, origin="test", text="garantía rated")
    seller = sign_in(shop.seller)
    seller.rate_ok(rated, "correct")
    assert ids(seller.walk("/v1/questions", origin="test", rated="false", q="garantía")) == [str(matching)]
    assert ids(seller.walk("/v1/questions", origin="test", rated="true")) == [str(rated)]
    assert len(seller.walk("/v1/questions", q="garantía")) == 3


@pytest.mark.parametrize("place", ["text", "answer", "product"])
def test_the_search_looks_at_question_answer_and_product(db, sign_in, place):
    shop = db.shop()
    db.question(shop)
    matching = db.question(shop, **{place: "Un 100% exacto_"})
    assert ids(sign_in(shop.seller).walk("/v1/questions", q="100% exacto_")) == [str(matching)]
    assert sign_in(shop.seller).walk("/v1/questions", q="100_ exacto%") == []


def test_a_question_shows_what_its_answer_was_made_from(db, sign_in):
    shop = db.shop()
    question = db.question(shop, sources=[{"title": "Ficha", "url": "https://tienda.example/ficha"}])
    shown = sign_in(shop.seller).read(f"/v1/questions/{question}")
    assert shown["sources"] == [{"title": "Ficha", "url": "https://tienda.example/ficha"}]
    assert shown["model"] == "respuestas-2"
    assert shown["rating"] is None


def test_the_rating_stands_with_the_question(db, sign_in):
    shop = db.shop(units=0)
    question = db.question(shop)
    sign_in(shop.seller).rate_ok(question, "improvable", "Falta el plazo")
    drain()
    [shown] = sign_in(shop.seller).walk("/v1/questions")
    rating = shown["rating"]
    assert (rating["verdict"], rating["comment"]) == ("improvable", "Falta el plazo")
    assert (rating["outcome"], rating["parked_reason"]) == ("parked", "quota_exhausted")
    assert rating["ticket"] is None


def test_another_stores_question_is_as_one_that_does_not_exist(db, sign_in):
    shop, other = db.shop(), db.shop()
    foreign = db.question(other)
    seller = sign_in(shop.seller)
    assert seller.walk("/v1/questions") == []
    hidden = problem(seller.get(f"/v1/questions/{foreign}"), 404, "not_found")
    missing = problem(seller.get(f"/v1/questions/{uuid4()}"), 404, "not_found")
    assert hidden == missing


def test_support_sees_every_stores_questions(db, sign_in):
    asked = {str(db.question(db.shop())) for _ in range(2)}
    assert set(ids(sign_in(db.support()).walk("/v1/questions"))) == asked


def test_a_cursor_of_another_list_is_refused(db, sign_in):
    shop = db.shop()
    db.questions(shop, 2)
    admin = sign_in(shop.admin)
    cursor = admin.read("/v1/questions", limit=1)["next_cursor"]
    problem(admin.get("/v1/tickets", cursor=cursor), 400, "invalid_cursor")
    changed = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
    problem(admin.get("/v1/questions", cursor=changed), 400, "invalid_cursor")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"origin": "elsewhere"}, "origin"),
        ({"rated": "perhaps"}, "rated"),
        ({"q": ""}, "q"),
        ({"q": "x" * 201}, "q"),
    ],
)
def test_a_filter_that_cannot_be_is_named(db, sign_in, query, named):
    body = problem(sign_in(db.shop().seller).get("/v1/questions", **query), 422, "invalid")
    assert list(body["errors"]) == [named]
