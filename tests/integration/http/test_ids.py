"""Other spellings of an id, and whether somebody else's can be distinguished from none at all."""

from __future__ import annotations

from uuid import UUID, uuid1, uuid4

import pytest

from shared.ids import new_id
from tests.integration.http.problems import problem
from tests.support.clients.http import Client
from tests.support.factories.database import Database, StoreFixture
from tests.support.factories.tickets import TicketFactory
from tests.support.statements import statements


def spelled(ticket: UUID) -> dict[str, str]:
    text = str(ticket)
    return {
        "braces": f"{{{text}}}",
        "urn": f"urn:uuid:{text}",
        "hex": ticket.hex,
        "space": f"%20{text}",
        "newline": f"{text}%0a",
        "nul": f"{text}%00",
        "full width": text.replace("0", "%EF%BC%90"),
        "list": f"{text},{text}",
        "quote": f"{text}'",
        "wild": "*",
        "array": "[]",
        "number": "1",
        "minus": "-1",
        "word": "not-an-id",
    }


@pytest.mark.parametrize("spelling", spelled(UUID(int=0)))
def test_an_id_has_one_spelling(
    admin: Client, ticket_factory: TicketFactory, shop: StoreFixture, spelling: str
):
    ticket = ticket_factory.generic(shop)
    problem(admin.call("GET", f"/v1/tickets/{spelled(ticket)[spelling]}"), 404, "not_found")


def test_capitals_are_the_same_id_and_no_way_round(
    admin: Client, db: Database, ticket_factory: TicketFactory, shop: StoreFixture
):
    mine, other = ticket_factory.generic(shop), ticket_factory.generic(db.shop())
    assert admin.get(f"/v1/tickets/{str(mine).upper()}").status_code in {200, 404}
    problem(admin.get(f"/v1/tickets/{str(other).upper()}"), 404, "not_found")


@pytest.mark.parametrize(
    "kind", [UUID(int=0), UUID(int=2**128 - 1), uuid1(), uuid4()], ids=["nil", "max", "1", "4"]
)
def test_an_id_of_another_version_is_not_found(admin: Client, kind: UUID):
    problem(admin.get(f"/v1/tickets/{kind}"), 404, "not_found")


PATHS = [
    ("GET", "/v1/tickets/{}"),
    ("GET", "/v1/tickets/{}/messages"),
    ("GET", "/v1/tickets/{}/timeline"),
    ("POST", "/v1/tickets/{}/messages"),
    ("POST", "/v1/tickets/{}/close"),
    ("POST", "/v1/tickets/{}/reopen"),
    ("POST", "/v1/tickets/{}/read"),
    ("POST", "/v1/tickets/{}/unread"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_somebody_elses_costs_the_database_what_none_costs(
    admin: Client, db: Database, ticket_factory: TicketFactory, method: str, path: str
):
    """The same statements in the same order and the same answer: no time to measure between them."""
    other, none = ticket_factory.generic(db.shop()), new_id()
    seen = []
    for ticket in (none, other, none, other):
        body = {"body": "x"} if path.endswith("messages") and method == "POST" else None
        with statements() as asked:
            answer = admin.call(method, path.format(ticket), json=body if body or method == "GET" else {})
        shown = {**answer.get_json()}
        seen.append((answer.status_code, shown, [statement for statement, _ in asked]))
    assert seen[0][0] == 404
    assert seen[0][2] != []
    assert seen[1:] == seen[:-1]
