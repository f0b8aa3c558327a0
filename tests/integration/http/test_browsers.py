"""What a hostile page can make a browser do with our answers: nothing."""

from __future__ import annotations

import pytest

from services.ticket_api.app import create_app
from tests.support.clients.http import Client
from tests.support.configured import configured
from tests.support.factories.database import Shop
from tests.support.factories.tickets import TicketFactory

OURS = "https://app.botmeni.example"


@pytest.fixture(scope="module")
def strict(engines: object):
    with configured(allowed_origins=OURS):
        return create_app()


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://evil.example",
        f"{OURS}.evil.example",
        "https://evilapp.botmeni.example",
        "https://app.botmeni.example:8443",
        "http://app.botmeni.example",
        "https://appxbotmeni.example",
        f"{OURS}/",
        f"{OURS}%00.evil.example",
        f"{OURS}, https://evil.example",
        "*",
    ],
)
def test_no_origin_but_ours_reads_an_answer(strict, origin: str):
    for method in ("GET", "OPTIONS"):
        asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        answer = strict.test_client().open("/v1/me", method=method, headers=asked)
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_cookie_proves_nobody(strict):
    """Nothing a browser sends by itself is a proof, so no page can act in somebody's name."""
    answer = strict.test_client().get("/v1/me", headers={"Cookie": "token=x; session=x", "Origin": OURS})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (401, False)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_a_form_of_another_page_is_no_json(admin: Client, content_type: str):
    """What a page may send elsewhere without asking first."""
    raw = b'{"body": "x", "verdict": "improvable"}'
    answer = admin.call("POST", "/v1/tickets", data=raw, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "not_json")


@pytest.mark.parametrize("path", ["/v1/me", "/v1/nowhere", "/v1/tickets/<script>", "/openapi.json"])
def test_no_answer_is_taken_for_a_page(admin: Client, path: str):
    answer = admin.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype in {"application/json", "application/problem+json"}
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "tag", ['W/"1"', "1", '"01"', '"1", W/"2"', '"', '"1\t"', "\xff", '"' * 5000, '"-1"', '" 1"']
)
def test_a_version_in_disguise_overwrites_nothing(
    db, sign_in, ticket_factory: TicketFactory, shop: Shop, tag: str
):
    ticket = ticket_factory.generic(shop)
    db.execute("UPDATE tickets SET version = 2")
    answer = sign_in(db.support()).call(
        "PATCH", f"/v1/tickets/{ticket}", json={"status": "in_progress"}, headers={"If-Match": tag}
    )
    assert answer.status_code in {412, 422, 428}
    assert db.column("SELECT version FROM tickets") == [2]


@pytest.mark.parametrize("key", ["a\0b", "a\x1fb", "ñ", "a" * 256, '"a', "a b", "a,b", '""', "🙂", "a\x7f"])
def test_a_key_in_disguise_keeps_nothing(admin: Client, db, key: str):
    header = {"Idempotency-Key": key.encode().decode("latin-1")}
    answer = admin.call("POST", "/v1/tickets", json={"body": "x", "verdict": "improvable"}, headers=header)
    assert (answer.status_code, answer.get_json()["code"]) in {
        (400, "invalid_idempotency_key"),
        (422, "invalid_idempotency_key"),
    }
    assert (db.count("tickets"), db.count("idempotency_keys")) == (0, 0)
