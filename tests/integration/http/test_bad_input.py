"""Bad input is refused before anything is done with it, in words, and leaves nothing behind.

Bodies that are expensive to read are in test_json_bombs.py, fields that callers may not set in
test_mass_assignment.py, ids in test_ids.py and requests that are no proper HTTP in test_raw_requests.py.
"""

import json
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from services.ticket_api.ratings.payloads import COMMENT_LIMIT
from shared.config.settings import settings
from tests.integration.conftest import SignIn
from tests.integration.http.problems import problem
from tests.support.clients.http import Client
from tests.support.factories.database import Database

TICKET = {"body": "No anda", "verdict": "improvable"}
JSON = {"Content-Type": "application/json"}
Rate = Callable[..., TestResponse]


@pytest.fixture
def rate(db: Database, sign_in: SignIn) -> Iterator[Rate]:
    """Rates a question with any body: `rate(data=…)`; at the end nothing may have been written."""
    shop = db.shop()
    question = db.question(shop)
    seller = sign_in(shop.seller)

    def send(language: str | None = None, **rest: object) -> TestResponse:
        headers = {"Accept-Language": language} if language else {}
        return seller.call(
            "PUT",
            f"/v1/questions/{question}/rating",
            headers=headers,
            **{"content_type": "application/json", **rest},
        )

    yield send
    assert db.count("ratings") == 0
    assert db.count("outbox") == 0


def send(client: Client, raw: bytes | str, content_type: str = "application/json") -> tuple[int, str, object]:
    """Status, code and errors of a new ticket's refused body."""
    answer = client.call("POST", "/v1/tickets", data=raw, headers={"Content-Type": content_type})
    assert answer.mimetype == "application/problem+json", answer.text
    return answer.status_code, answer.get_json()["code"], answer.get_json().get("errors")


# --- What is said ---


def test_an_unknown_verdict_names_the_field_and_what_may_stand_there(rate: Rate):
    body = problem(rate(json={"verdict": "terrible"}), 422, "invalid")
    assert body["errors"] == {"verdict": ["Debe ser uno de: correct, improvable, incorrect."]}
    assert body["detail"].startswith("Hay datos que corregir")


def test_english_by_accept_language(rate: Rate):
    answer = rate(json={"verdict": "terrible"}, language="en-US,en;q=0.8,es;q=0.5")
    body = problem(answer, 422, "invalid")
    assert body["errors"] == {"verdict": ["Must be one of: correct, improvable, incorrect."]}
    assert body["detail"].startswith("Some data must be corrected")
    assert answer.headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", [None, "fr", "de-DE,fr;q=0.4", "es-AR", "*"])
def test_spanish_to_everybody_else(rate: Rate, language: str | None):
    answer = rate(json={}, language=language)
    assert problem(answer, 422, "invalid")["errors"] == {"verdict": ["Falta este dato."]}
    assert answer.headers["Content-Language"] == "es"
    assert "Accept-Language" in answer.headers["Vary"]


# --- Fields and arguments ---


def test_every_wrong_field_is_named_at_once(rate: Rate):
    body = problem(rate(json={"verdict": 5, "comment": 7, "colour": "red"}), 422, "invalid")
    assert sorted(body["errors"]) == ["colour", "comment", "verdict"]
    assert body["errors"]["colour"] == ["Campo desconocido."]


def test_a_comment_over_its_length_is_refused(rate: Rate):
    body = problem(rate(json={"verdict": "correct", "comment": "x" * (COMMENT_LIMIT + 1)}), 422, "invalid")
    assert body["errors"] == {"comment": [f"Admite {COMMENT_LIMIT} caracteres como máximo."]}


@pytest.mark.parametrize("value", [0, 1, "true", "no", 1.0, [], {}])
def test_a_boolean_is_true_or_false(admin: Client, value: object):
    refused = admin.call("PUT", "/v1/notification-preferences", json={"items": [_choice(email=value)]})
    assert refused.status_code == 422
    assert refused.get_json()["errors"] == {"items": {"0": {"email": ["No es válido."]}}}
    accepted = admin.call("PUT", "/v1/notification-preferences", json={"items": [_choice(email=True)]})
    assert accepted.status_code == 200


def _choice(**values: object) -> dict[str, object]:
    return {"topic": "closings", "in_app": True, **values}


@pytest.mark.parametrize("ids", ["x", ["x"], [None], 5, {"a": 1}])
def test_ids_that_are_none_mark_nothing_read(admin: Client, ids: object):
    answer = admin.post("/v1/notifications/read", {"ids": ids})
    assert "ids" in problem(answer, 422, "invalid")["errors"]


@pytest.mark.parametrize("path", ["/v1/questions", "/v1/me", "/v1/tickets"])
def test_an_unknown_query_argument_is_named_even_where_none_is_taken(admin: Client, path: str):
    refused = admin.get(path, colour="red")
    assert (refused.status_code, refused.get_json()["errors"]) == (422, {"colour": ["Campo desconocido."]})


def test_a_query_argument_given_twice_is_refused(admin: Client):
    refused = admin.call("GET", "/v1/questions", query_string="limit=5&limit=10")
    assert (refused.status_code, refused.get_json()["errors"]) == (
        422,
        {"limit": ["Se envió más de una vez."]},
    )


def test_a_nul_in_a_query_is_refused(admin: Client):
    refused = admin.call("GET", "/v1/questions", query_string="q=a%00b")
    assert (refused.status_code, list(refused.get_json()["errors"])) == (422, ["q"])


# --- Bodies ---


def test_no_body_at_all_is_refused(rate: Rate):
    assert problem(rate(data=""), 422, "invalid")["errors"] == {"verdict": ["Falta este dato."]}


def test_a_body_where_none_is_taken_is_refused_unless_it_says_nothing(admin: Client):
    path = f"/v1/ratings/{uuid4()}/promote"
    refused = admin.call("POST", path, json={"reason": "please"})
    assert (refused.status_code, refused.get_json()["errors"]) == (
        422,
        {"body": ["Esta llamada no admite cuerpo."]},
    )
    problem(admin.call("POST", path, json={}), 404, "not_found")
    problem(admin.call("POST", path), 404, "not_found")


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"verdict=correct",
        b'{"verdict": }',
        b"{'body': 1}",
        b'{"body": 1e999}',
        b"\xff\xfe",
        b'{"body": "\x00"}',
        rb'{"body": "\ud800", }',
    ],
)
def test_what_is_no_json_is_refused(admin: Client, raw: bytes):
    assert send(admin, raw)[:2] == (400, "not_json")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/xml"],
)
def test_json_has_to_say_that_it_is(admin: Client, content_type: str):
    """So that no form of another page, which a browser sends without asking first, is taken for a call."""
    assert send(admin, json.dumps(TICKET), content_type)[:2] == (400, "not_json")


@pytest.mark.parametrize("raw", ["[]", '["correct"]', '"text"', "7", "true", "null"])
def test_an_object_is_asked_for_and_nothing_else(admin: Client, raw: str):
    assert send(admin, raw)[:2] == (422, "invalid")


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (r'{"body": "a\u0000b", "verdict": "improvable"}', "body"),
        (r'{"body": "\u0000", "verdict": "improvable"}', "body"),
        (r'{"body": "\ud800", "verdict": "improvable"}', "body"),
        (r'{"body": "a\uDC00b", "verdict": "improvable"}', "body"),
        (r'{"body": "x", "verdict": "\u0000"}', "verdict"),
        (r'{"body": {"deep": ["\u0000"]}, "verdict": "improvable"}', "deep"),
        (r'{"\u0000": "x", "verdict": "improvable"}', "body"),
    ],
)
def test_text_that_no_column_takes_is_named(admin: Client, db: Database, raw: str, field: str):
    status, code, errors = send(admin, raw)
    assert (status, code) == (422, "invalid")
    assert errors == {field: ["El texto no puede contener caracteres NUL ni mitades de pares suplentes."]}
    assert db.count("tickets") == 0


def test_escapes_that_are_whole_are_stored_as_what_they_mean(admin: Client):
    raw = r'{"body": "\ud83d\ude00 \\u0000 \\ud800 ñ", "verdict": "improvable"}'
    answer = admin.call("POST", "/v1/tickets", data=raw, headers=JSON)
    assert answer.status_code == 202
    assert "😀 \\u0000 \\ud800 ñ" in answer.text.replace("\\\\", "\\")


def test_a_body_over_the_limit_is_refused_before_it_is_read(rate: Rate):
    limit = settings().max_body_bytes
    body = problem(rate(data=b'{"comment": "' + b"x" * limit + b'"}'), 413, "body_too_large")
    assert str(limit) in body["detail"]


def test_a_body_of_the_limit_is_read(rate: Rate):
    """The limit counts bytes of the body; the comment inside is too long for other reasons."""
    frame = b'{"verdict": "correct", "comment": "%s"}'
    filling = settings().max_body_bytes - len(frame) + 2
    assert list(problem(rate(data=frame % (b"x" * filling)), 422, "invalid")["errors"]) == ["comment"]


# --- Paths and methods ---


def test_promoting_a_rating_that_is_none_leads_nowhere(admin: Client):
    problem(admin.post(f"/v1/ratings/{uuid4()}/promote"), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/me"), ("DELETE", "/v1/questions"), ("GET", "/v1/notifications/read")]
)
def test_a_method_that_a_path_does_not_know_is_refused_with_those_it_does(
    admin: Client, method: str, path: str
):
    answer = admin.call(method, path)
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/", "/v1/tickets/x", "/dev/nobody"])
def test_a_path_nobody_serves_is_a_problem_too(admin: Client, path: str):
    problem(admin.get(path), 404, "not_found")
