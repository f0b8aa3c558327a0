"""What comes in is refused at the door when it is not what the call asks for, and nothing is left behind."""

import json

import pytest

from tests.support.clients.http import Client
from tests.support.factories.database import Database

TICKET = {"body": "No anda", "verdict": "improvable"}
JSON = {"Content-Type": "application/json"}


def send(client: Client, raw: bytes | str, content_type: str = "application/json") -> tuple[int, str, object]:
    answer = client.call("POST", "/v1/tickets", data=raw, headers={"Content-Type": content_type})
    assert answer.mimetype == "application/problem+json", answer.text
    return answer.status_code, answer.get_json()["code"], answer.get_json().get("errors")


def test_an_unknown_field_of_a_body_is_named(admin: Client, db: Database):
    refused = send(admin, json.dumps(TICKET | {"prioridad": 1}))
    assert refused == (422, "invalid", {"prioridad": ["Campo desconocido."]})
    assert db.count("tickets") == 0


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


def test_a_body_where_none_is_taken_is_refused_unless_it_says_nothing(admin: Client):
    path = "/v1/ratings/00000000-0000-7000-8000-000000000000/promote"
    refused = admin.call("POST", path, json={"reason": "please"})
    assert (refused.status_code, refused.get_json()["errors"]) == (
        422,
        {"body": ["Esta llamada no admite cuerpo."]},
    )
    assert admin.call("POST", path, json={}).status_code == 404
    assert admin.call("POST", path).status_code == 404


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (r'{"body": "a\u0000b", "verdict": "improvable"}', "body"),
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


def test_a_nul_in_a_query_is_refused(admin: Client):
    refused = admin.call("GET", "/v1/questions", query_string="q=a%00b")
    assert (refused.status_code, list(refused.get_json()["errors"])) == (422, ["q"])


def test_escapes_that_are_whole_are_stored_as_what_they_mean(admin: Client):
    raw = r'{"body": "\ud83d\ude00 \\u0000 \\ud800 ñ", "verdict": "improvable"}'
    answer = admin.call("POST", "/v1/tickets", data=raw, headers=JSON)
    assert answer.status_code == 202
    assert "😀 \\u0000 \\ud800 ñ" in answer.text.replace("\\\\", "\\")


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"{'body': 1}",
        b'{"body": NaN}',
        b'{"body": 1e999}',
        b"\xff\xfe{\x00}\x00",
        b'{"body": "\xe9"}',
        b'{"body": "\x00"}',
        rb'{"body": "\ud800", }',
    ],
)
def test_what_is_no_json_is_refused(admin: Client, raw: bytes):
    assert send(admin, raw)[:2] == (400, "not_json")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/xml"])
def test_json_has_to_say_that_it_is(admin: Client, content_type: str):
    assert send(admin, json.dumps(TICKET), content_type)[:2] == (400, "not_json")


@pytest.mark.parametrize("value", [0, 1, "true", "no", 1.0, [], {}])
def test_a_boolean_is_true_or_false(admin: Client, value: object):
    refused = admin.call("PUT", "/v1/notification-preferences", json={"items": [_choice(email=value)]})
    assert refused.status_code == 422
    assert refused.get_json()["errors"] == {"items": {"0": {"email": ["No es válido."]}}}
    assert (
        admin.call("PUT", "/v1/notification-preferences", json={"items": [_choice(email=True)]}).status_code
        == 200
    )


def _choice(**values: object) -> dict[str, object]:
    return {"topic": "closings", "in_app": True, **values}


def test_an_object_is_asked_for_and_nothing_else(admin: Client):
    for raw in ("[]", '"text"', "7", "true"):
        assert send(admin, raw)[0] == 422


@pytest.mark.parametrize("levels", [33, 500, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_json_deeper_than_anything_asked_for_is_refused(
    admin: Client, levels: int, opening: str, closing: str
):
    assert send(admin, opening * levels + "1" + closing * levels)[:2] == (400, "json_too_deep")


def test_many_brackets_side_by_side_are_not_deep(admin: Client):
    wide = json.dumps(TICKET | {"attachment_ids": [[]] * 1000, "body": "[{" * 1000})
    assert send(admin, wide)[:2] == (422, "invalid")


def test_a_body_over_the_limit_is_refused(admin: Client, db: Database):
    status, code, _ = send(admin, json.dumps(TICKET | {"body": "x" * 1_100_000}))
    assert (status, code) == (413, "body_too_large")
    assert db.count("tickets") == 0


@pytest.mark.parametrize("token", ["", "x" * 9000, "ñ" * 40, "a.b.c", "Bearer Bearer"])
def test_a_token_that_is_none_is_refused(admin: Client, token: str):
    header = {"Authorization": f"Bearer {token}".encode().decode("latin-1")}
    assert admin.call("GET", "/v1/me", headers=header).status_code == 401


@pytest.mark.parametrize("given", ["x", "a" * 65, "a b c d e f", "ñññññññññ", "<script>"])
def test_a_request_id_that_is_none_is_replaced(admin: Client, given: str):
    header = {"X-Request-ID": given.encode().decode("latin-1")}
    answer = admin.call("GET", "/v1/me", headers=header)
    assert answer.status_code == 200
    assert answer.headers["X-Request-ID"] != header["X-Request-ID"]
