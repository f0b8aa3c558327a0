"""Fields that are not the caller's to set are refused by name, and nothing changes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.integration.conftest import SignIn
from tests.integration.http.problems import problem
from tests.support.clients.http import Client
from tests.support.factories.database import Database, StoreFixture
from tests.support.factories.tickets import TicketFactory

TICKET = {"body": "No anda", "verdict": "improvable"}
NOT_THEIRS: dict[str, Any] = {
    "id": str(uuid4()),
    "store_id": str(uuid4()),
    "status": "closed",
    "kind": "question",
    "number": 1,
    "opened_by": str(uuid4()),
    "assignee_id": str(uuid4()),
    "cause": "stale_data",
    "resolution": "x",
    "created_at": "2020-01-01T00:00:00Z",
    "version": 9,
    "internal": True,
    "roles": ["soporte"],
    "unit": 0,
}


@pytest.mark.parametrize("field", NOT_THEIRS)
def test_a_new_ticket_takes_none_of_them(admin: Client, db: Database, field: str):
    answer = admin.post("/v1/tickets", TICKET | {field: NOT_THEIRS[field]})
    assert list(problem(answer, 422, "invalid")["errors"]) == [field]
    assert db.count("tickets") == 0


@pytest.mark.parametrize(
    "field", ["outcome", "store_id", "rated_by", "rated_answer", "question_id", "rated_at"]
)
def test_a_rating_takes_none_of_them(admin: Client, db: Database, shop: StoreFixture, field: str):
    body = {"verdict": "incorrect", field: str(uuid4())}
    answer = admin.call("PUT", f"/v1/questions/{db.question(shop)}/rating", json=body)
    assert list(problem(answer, 422, "invalid")["errors"]) == [field]
    assert db.count("ratings") == 0


@pytest.mark.parametrize("field", ["author_id", "store_id", "created_at", "ticket_id", "status"])
def test_a_message_takes_none_of_them(
    admin: Client, db: Database, ticket_factory: TicketFactory, shop: StoreFixture, field: str
):
    ticket = ticket_factory.generic(shop)
    answer = admin.post(f"/v1/tickets/{ticket}/messages", {"body": "x", field: str(uuid4())})
    assert list(problem(answer, 422, "invalid")["errors"]) == [field]
    assert db.count("messages") == 1


def test_a_person_of_a_store_writes_no_internal_note(
    admin: Client, db: Database, ticket_factory: TicketFactory, shop: StoreFixture
):
    ticket = ticket_factory.generic(shop)
    answer = admin.post(f"/v1/tickets/{ticket}/messages", {"body": "x", "internal": True})
    assert answer.status_code in {403, 422}
    assert db.count("messages") == 1


def test_a_preference_is_ones_own(admin: Client, shop: StoreFixture):
    item = {"topic": "reopenings", "in_app": False, "email": False, "person_id": str(shop.manager)}
    answer = admin.call("PUT", "/v1/notification-preferences", json={"items": [item]})
    assert problem(answer, 422, "invalid")["errors"]


@pytest.mark.parametrize("field", ["store_id", "secret", "id", "active", "failures"])
def test_a_webhook_takes_none_of_them(admin: Client, db: Database, field: str):
    body = {"url": "https://hooks.example.com/x", "events": ["ticket.opened"], field: str(uuid4())}
    assert list(problem(admin.post("/v1/webhooks", body), 422, "invalid")["errors"]) == [field]
    assert db.count("webhook_endpoints") == 0


def test_support_changes_what_it_may_and_nothing_else(
    db: Database, sign_in: SignIn, ticket_factory: TicketFactory, shop: StoreFixture
):
    ticket = ticket_factory.generic(shop)
    before = db.all("SELECT * FROM tickets")
    staff = sign_in(db.support())
    for field in ("store_id", "number", "opened_by", "verdict", "kind", "version", "created_at"):
        answer = staff.call(
            "PATCH", f"/v1/tickets/{ticket}", json={field: str(uuid4())}, headers={"If-Match": "*"}
        )
        assert list(problem(answer, 422, "invalid")["errors"]) == [field]
    assert db.all("SELECT * FROM tickets") == before
