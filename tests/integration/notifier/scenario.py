"""A store and two of support with an open ticket between them, and the notifications each of them got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.integration.conftest import SignIn
from tests.support.clients.http import Client
from tests.support.clients.jobs import drain
from tests.support.factories.database import Database, StoreFixture


@dataclass(frozen=True, slots=True)
class TicketScenario:
    """`ticket` was opened by the shop's manager; nobody else has done anything."""

    db: Database
    sign_in: SignIn
    shop: StoreFixture
    support: UUID
    colleague: UUID
    ticket: UUID

    def client(self, person: UUID, language: str | None = None) -> Client:
        """Someone at the API."""
        return self.sign_in(person, language)

    def act(self, person: UUID, action: str, body: Any = None) -> Any:
        """POST below the ticket as `person`, which must succeed; its JSON."""
        response = self.client(person).post(f"/v1/tickets/{self.ticket}/{action}", body)
        assert response.status_code < 300, response.text
        return response.json

    def reply(self, person: UUID, body: str = "Lo estamos mirando.", **more: Any) -> Any:
        """A message in the ticket."""
        return self.act(person, "messages", {"body": body, **more})

    def unread(self, person: UUID) -> list[tuple[str, int]]:
        """What a person's unread notifications say, oldest first: event and count."""
        rows = self.db.all(
            "SELECT event, count FROM notifications WHERE person_id = :person AND read_at IS NULL"
            " ORDER BY created_at, event",
            person=person,
        )
        return [(event, count) for event, count in rows]

    def recipients(self, event: str) -> set[UUID]:
        """Who was notified of an event."""
        return set(self.db.column("SELECT person_id FROM notifications WHERE event = :event", event=event))

    def forget(self) -> None:
        """Delete all notifications so far."""
        self.db.execute("DELETE FROM notifications")


def make_scenario(db: Database, sign_in: SignIn) -> TicketScenario:
    """A new store's rated answer, its ticket, and no notification yet."""
    shop = db.shop()
    support, colleague = db.support(), db.support()
    sign_in(shop.manager).rate_ok(db.question(shop))
    drain()
    made = TicketScenario(db, sign_in, shop, support, colleague, db.one("SELECT id FROM tickets"))
    made.forget()
    return made
