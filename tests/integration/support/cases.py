"""A store with tickets and two people of support, for tests of support's calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from tests.support.clients.http import Client
from tests.support.clients.jobs import drain
from tests.support.factories.database import Database, StoreFixture


class SupportSetup:
    """A store with tickets, and two people of support."""

    def __init__(self, db: Database, sign_in: Callable[..., Client]) -> None:
        self.db = db
        self.shop: StoreFixture = db.shop(1000)
        self.marina, self.nicolas = db.support(), db.support()
        self.client = sign_in(self.marina)
        self.colleague = sign_in(self.nicolas)
        self.store = sign_in(self.shop.manager)

    def tickets(self, count: int) -> list[str]:
        """Ids of `count` new tickets of rated answers, in the order they were rated."""
        ratings = [self.store.rate_ok(question)["id"] for question in self.db.questions(self.shop, count)]
        drain()
        ids = dict(self.db.all("SELECT rating_id, id FROM tickets WHERE rating_id IS NOT NULL"))
        return [str(ids[UUID(rating)]) for rating in ratings]

    def ticket(self) -> str:
        """One new ticket."""
        return self.tickets(1)[0]

    def generic(self) -> str:
        """One new ticket without a question."""
        made = self.store.post("/v1/tickets", {"body": "¿Cómo cambio mi logo?", "verdict": "improvable"})
        assert made.status_code == 202, made.text
        drain()
        return str((made.json or {})["id"])

    def parked(self) -> str:
        """A generic ticket that waits for a unit."""
        self.db.execute("UPDATE quota_periods SET unit_limit = used")
        return self.generic()

    def row(self, ticket: str) -> Any:
        """A ticket as it stands."""
        [row] = self.db.all("SELECT * FROM tickets WHERE id = :id", id=ticket)
        return row

    def manage(
        self, ticket: str, *, version: int | None = None, by: Client | None = None, **changes: Any
    ) -> Any:
        """The answer to a change of the present version, or of `version`."""
        read = self.row(ticket).version if version is None else version
        return self.patch(ticket, changes, {"If-Match": f'"{read}"'}, by)

    def managed(self, ticket: str, **changes: Any) -> Any:
        """The JSON of a change that must succeed."""
        answer = self.manage(ticket, **changes)
        assert answer.status_code == 200, answer.text
        return answer.json

    def patch(
        self, ticket: str, changes: Any, headers: dict[str, str], by: Client | None = None
    ) -> TestResponse:
        """The answer to any change."""
        return (by or self.client).call("PATCH", f"/v1/tickets/{ticket}", json=changes, headers=headers)

    def timeline(self, ticket: str, by: Client | None = None) -> list[tuple[str, Any]]:
        """Kind and detail of the changes of a ticket, without its opening."""
        lines = (by or self.client).walk(f"/v1/tickets/{ticket}/timeline")
        return [
            (line["kind"], line["detail"]) for line in lines if line["kind"] not in {"opened", "requested"}
        ]

    def events(self) -> list[tuple[str, str]]:
        """Event and consumer of what waits in the outbox."""
        rows = self.db.all("SELECT event, consumer FROM outbox ORDER BY id")
        return [tuple(row) for row in rows]

    def remaining(self) -> int:
        """Units the store has left."""
        return int(self.store.read("/v1/quota")["remaining"])
