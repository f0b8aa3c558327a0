"""JSON made to be expensive, or to be read as two different things."""

from __future__ import annotations

import json

import pytest

from tests.support.clients.http import Client
from tests.support.factories.database import Database

HEAD = b'{"verdict": "improvable", "body": '


def send(client: Client, raw: bytes) -> tuple[int, str]:
    answer = client.call("POST", "/v1/tickets", data=raw, headers={"Content-Type": "application/json"})
    return answer.status_code, answer.get_json().get("code")


@pytest.mark.parametrize("levels", [33, 500, 100_000, 400_000])
@pytest.mark.parametrize(("opened", "closed"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_json_deeper_than_anything_asked_for_is_refused(
    admin: Client, db: Database, levels: int, opened: bytes, closed: bytes
):
    levels = min(levels, 1_000_000 // len(opened + closed))
    assert send(admin, opened * levels + b"1" + closed * levels) == (400, "json_too_deep")
    assert db.count("tickets") == 0


@pytest.mark.parametrize("levels", [100, 10_000, 400_000])
@pytest.mark.parametrize("opened", [b"[", b'{"a":'])
def test_levels_that_never_end_are_refused(admin: Client, db: Database, levels: int, opened: bytes):
    levels = min(levels, 1_000_000 // len(opened))
    status, code = send(admin, HEAD + opened * levels + b"1")
    assert (status, code) in {(400, "not_json"), (400, "json_too_deep")}
    assert db.count("tickets") == 0


def test_many_brackets_side_by_side_are_not_deep(admin: Client):
    wide = {"verdict": "improvable", "body": "[{" * 1000, "attachment_ids": [[]] * 1000}
    assert send(admin, json.dumps(wide).encode()) == (422, "invalid")


@pytest.mark.parametrize(
    "number", [b"1" * 500_000, b"1e999999999", b"-0", b"1" + b"0" * 5000, b"0." + b"1" * 500_000, b"1E400"]
)
def test_a_number_of_any_size_is_no_text(admin: Client, db: Database, number: bytes):
    status, code = send(admin, HEAD + number + b"}")
    assert (status, code) in {(422, "invalid"), (400, "not_json")}
    assert db.count("tickets") == 0


@pytest.mark.parametrize(
    "number", [b"NaN", b"Infinity", b"-Infinity", b"0x10", b"01", b"+1", b"1_000", b".5"]
)
def test_what_only_some_readers_take_for_a_number_is_no_json(admin: Client, number: bytes):
    assert send(admin, HEAD + number + b"}") == (400, "not_json")


@pytest.mark.parametrize("limit", ["1" * 400, "1e3", "0x10", "-1", "NaN", "١٢", "1_0", " 5", "5.0"])
def test_a_number_of_a_query_is_a_number(admin: Client, limit: str):
    answer = admin.get("/v1/tickets", limit=limit)
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        assert list(answer.get_json()["errors"]) == ["limit"]


def test_of_a_field_given_twice_the_last_is_checked_and_stored(admin: Client, db: Database):
    """One reader reads it, once: nobody checks the first and keeps the second."""
    assert send(admin, HEAD + b'"uno", "body": 7}') == (422, "invalid")
    assert send(admin, HEAD + b'"uno", "body": "dos"}')[0] == 202
    assert db.column("SELECT body FROM messages") == ["dos"]


@pytest.mark.parametrize(
    "name", ["__proto__", "constructor", "__class__", "$where", "body[$ne]", "BODY", "body "]
)
def test_a_field_of_another_language_is_an_unknown_field(admin: Client, name: str):
    raw = json.dumps({"verdict": "improvable", "body": "x", name: {"a": 1}}).encode()
    assert send(admin, raw) == (422, "invalid")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_only_utf_8_is_json(admin: Client, encoding: str):
    """RFC 8259, 8.1."""
    assert send(admin, '{"verdict": "improvable", "body": "¿ñ+?"}'.encode(encoding)) == (400, "not_json")


def test_many_errors_are_not_a_larger_answer_than_the_call(admin: Client):
    raw = json.dumps({"verdict": "improvable", "body": "x", "attachment_ids": ["x"] * 100_000}).encode()
    answer = admin.call("POST", "/v1/tickets", data=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert len(answer.data) < len(raw) * 20
