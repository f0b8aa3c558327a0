"""Letters that look like others, turn the line round or cannot be seen: stored as text, never a command."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.support.clients.http import Client
from tests.support.factories.database import StoreFixture
from tests.support.factories.tickets import TicketFactory

ODD = {
    "turned round": "factura\u202egnp.exe",
    "isolated": "\u2066\u2067abc\u2069",
    "unseen": "ad\u200bmin\u200d\ufeff",
    "lookalike": "Вotmeni soporte",
    "tags": "a\U000e0041\U000e0042",
    "heap of marks": "e" + "\u0301" * 500,
    "emoji": "👩‍👩‍👧‍👦🇦🇷",
    "noncharacter": "\ufffe\uffff",
    "line ends": "a\u2028b\u2029c\x85d",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{7*7}} ${7*7} %(name)s {0.__class__}",
    "statement": "'; DROP TABLE tickets; --",
}


@pytest.mark.parametrize("kind", ODD)
def test_what_was_written_is_what_is_read(admin: Client, kind: str):
    made = admin.post("/v1/tickets", {"body": ODD[kind], "verdict": "improvable"})
    assert made.status_code == 202, made.text
    [message] = admin.read(f"/v1/tickets/{made.get_json()['id']}/messages")["items"]
    assert message["body"] == ODD[kind]


@pytest.mark.parametrize("kind", ODD)
def test_a_search_for_it_breaks_nothing(
    admin: Client, ticket_factory: TicketFactory, shop: StoreFixture, kind: str
):
    ticket_factory.generic(shop, "Nada de eso")
    answer = admin.get("/v1/tickets", q=ODD[kind])
    # What is longer than a search may be is refused, not cut.
    assert answer.status_code == (422 if kind == "heap of marks" else 200), answer.text
    assert answer.get_json().get("items", []) == []


@pytest.mark.parametrize(
    "q", ["&", "|", "!", "a & !", "<->", ":*", "'", "\\", "((((", "%", "_", '"', "a:b", "*"]
)
def test_a_search_is_words_and_no_language(
    admin: Client, ticket_factory: TicketFactory, shop: StoreFixture, q: str
):
    ticket_factory.generic(shop, "Consulta")
    assert admin.get("/v1/tickets", q=q).status_code in {200, 422}
    assert admin.get("/v1/questions", q=q).status_code in {200, 422}


@pytest.mark.parametrize("word", ["camion", "camión", "cami\u006f\u0301n", "CAMIÓN", "ｃａｍｉｏｎ"])
def test_however_it_is_composed_a_word_is_found(
    admin: Client, ticket_factory: TicketFactory, shop: StoreFixture, word: str
):
    ticket = ticket_factory.generic(shop, "Llega en camión")
    composed = ticket_factory.generic(shop, "Llega en cami\u006f\u0301n")
    found = {item["id"] for item in admin.read("/v1/tickets", q=word)["items"]}
    assert found in ({str(ticket), str(composed)}, set())
    if word != "ｃａｍｉｏｎ":
        assert found


@pytest.mark.parametrize("kind", ODD)
def test_a_file_s_name_shows_nothing_turned_or_hidden(admin: Client, kind: str):
    file = BytesIO(b"no picture"), f"{ODD[kind]}.png"
    answer = admin.call("POST", "/v1/attachments", data={"file": file})
    assert answer.status_code in {202, 422}
    if answer.status_code == 202:
        name = answer.get_json()["name"]
        assert not set(name) & set("\u202e\u2066\u2067\u2069\u200b\ufeff\u2028\u2029\x85/\\")
