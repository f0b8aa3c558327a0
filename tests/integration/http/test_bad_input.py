"""Bad input is refused at the door, in words, and leaves nothing behind."""

import json
from uuid import uuid4

import pytest

from services.ticket_api.ratings.payloads import COMMENT_LIMIT
from shared.config.settings import settings
from tests.integration.http.problems import problem


@pytest.fixture
def door(db, sign_in):
    """Someone about to rate a question: `door(data=…)` sends a body and gives the answer."""
    shop = db.shop()
    question = db.question(shop)
    person = sign_in(shop.seller)

    def send(language: str | None = None, **rest):
        headers = {"Accept-Language": language} if language else {}
        return person.call(
            "PUT",
            f"/v1/questions/{question}/rating",
            headers=headers,
            **{"content_type": "application/json", **rest},
        )

    yield send
    assert db.count("ratings") == 0
    assert db.count("outbox") == 0


def test_an_unknown_verdict_names_the_field_and_what_may_stand_there(door):
    body = problem(door(json={"verdict": "terrible"}), 422, "invalid")
    assert body["errors"] == {"verdict": ["Debe ser uno de: correct, improvable, incorrect."]}
    assert body["detail"].startswith("Hay datos que corregir")


def test_english_by_accept_language(door):
    answer = door(json={"verdict": "terrible"}, language="en-US,en;q=0.8,es;q=0.5")
    body = problem(answer, 422, "invalid")
    assert body["errors"] == {"verdict": ["Must be one of: correct, improvable, incorrect."]}
    assert body["detail"].startswith("Some data must be corrected")
    assert answer.headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", [None, "fr", "de-DE,fr;q=0.4", "es-AR", "*"])
def test_spanish_to_everybody_else(door, language):
    answer = door(json={}, language=language)
    assert problem(answer, 422, "invalid")["errors"] == {"verdict": ["Falta este dato."]}
    assert answer.headers["Content-Language"] == "es"
    assert "Accept-Language" in answer.headers["Vary"]


def test_every_wrong_field_is_named_at_once(door):
    body = problem(door(json={"verdict": 5, "comment": 7, "colour": "red"}), 422, "invalid")
    assert sorted(body["errors"]) == ["colour", "comment", "verdict"]
    assert body["errors"]["colour"] == ["Campo desconocido."]


def test_a_comment_over_its_length_is_refused(door):
    body = problem(door(json={"verdict": "correct", "comment": "x" * (COMMENT_LIMIT + 1)}), 422, "invalid")
    assert body["errors"] == {"comment": [f"Admite {COMMENT_LIMIT} caracteres como máximo."]}


@pytest.mark.parametrize("raw", ["{", "verdict=correct", '{"verdict": }', b"\xff\xfe", "{'verdict': 1}"])
def test_what_is_no_json_is_refused(door, raw):
    problem(door(data=raw), 400, "not_json")


@pytest.mark.parametrize("value", [[], ["correct"], "correct", 5, True, None])
def test_json_that_is_no_object_is_refused(door, value):
    answer = door(data=json.dumps(value))
    assert answer.status_code in {400, 422}
    problem(answer, answer.status_code, "not_json" if answer.status_code == 400 else "invalid")


def test_json_under_another_name_is_refused(door):
    answer = door(data='{"verdict": "correct"}', content_type="text/plain")
    assert answer.status_code in {400, 415, 422}
    problem(answer, answer.status_code, answer.json["code"])


def test_no_body_at_all_is_refused(door):
    assert problem(door(data=""), 422, "invalid")["errors"] == {"verdict": ["Falta este dato."]}


def test_a_body_over_the_limit_is_refused_before_it_is_read(door):
    limit = settings().max_body_bytes
    body = problem(door(data=b'{"comment": "' + b"x" * limit + b'"}'), 413, "body_too_large")
    assert str(limit) in body["detail"]


def test_a_body_of_the_limit_is_read(door):
    """The limit counts bytes of the body; the comment inside is too long for other reasons."""
    frame = b'{"verdict": "correct", "comment": "%s"}'
    filling = settings().max_body_bytes - len(frame) + 2
    assert list(problem(door(data=frame % (b"x" * filling)), 422, "invalid")["errors"]) == ["comment"]


@pytest.mark.parametrize("comment", ["zero \x00 byte", "\x00"])
def test_text_that_cannot_be_stored_is_refused(door, comment):
    problem(door(json={"verdict": "incorrect", "comment": comment}), 422, "invalid")


def test_half_a_surrogate_pair_is_refused(door):
    answer = door(data='{"verdict": "incorrect", "comment": "\\ud83d"}')
    assert answer.status_code in {400, 422}
    problem(answer, answer.status_code, answer.json["code"])


@pytest.mark.parametrize("path", ["/v1/questions/1/rating", "/v1/questions/not-an-id/rating"])
def test_an_id_that_is_none_leads_nowhere(db, sign_in, path):
    problem(sign_in(db.shop().seller).call("PUT", path, json={"verdict": "correct"}), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/me"), ("DELETE", "/v1/questions"), ("GET", "/v1/notifications/read")]
)
def test_a_method_that_a_path_does_not_know_is_told_which_it_does(db, sign_in, method, path):
    answer = sign_in(db.shop().seller).call(method, path)
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/", "/v1/tickets/x", "/dev/nobody"])
def test_a_path_nobody_serves_is_a_problem_too(db, sign_in, path):
    problem(sign_in(db.shop().seller).get(path), 404, "not_found")


@pytest.mark.parametrize("ids", ["x", ["x"], [None], 5, {"a": 1}])
def test_ids_that_are_none_mark_nothing_read(db, sign_in, ids):
    answer = sign_in(db.shop().admin).post("/v1/notifications/read", {"ids": ids})
    assert "ids" in problem(answer, 422, "invalid")["errors"]


def test_promoting_a_rating_that_is_none_leads_nowhere(db, sign_in):
    problem(sign_in(db.shop().admin).post(f"/v1/ratings/{uuid4()}/promote"), 404, "not_found")
