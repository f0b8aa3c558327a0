"""Tickets as a test needs them, written as they would stand after all that led to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from shared.db.models import Message, Rating, Ticket, TicketStatus, Verdict
from shared.ids import new_id
from tests.support.clients.http import Client
from tests.support.factories.database import Database, StoreFixture

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


class TicketFactory:
    """Writes tickets of any kind and state, each an hour younger than the one before."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._numbers: dict[UUID, int] = {}
        self._moment = MOMENT

    def generic(self, shop: StoreFixture, body: str = "¿Pueden ayudarnos?", **values: Any) -> UUID:
        """A generic ticket that the shop's admin opened with `body`."""
        ticket = self._ticket(shop, {"kind": "generic", **values})
        self._db.add(ticket)
        self.say(ticket.id, ticket.opened_by, body)
        return ticket.id

    def rated(
        self,
        shop: StoreFixture,
        text: str = "¿Tienen stock?",
        answer: str = "Sí, hay.",
        comment: str = "",
        origin: str = "history",
        **values: Any,
    ) -> UUID:
        """The ticket of a rated answer."""
        ticket = self._ticket(shop, {"kind": "question", **values})
        question = self._db.question(shop, text=text, answer=answer, product=None, origin=origin)
        rating = Rating(
            id=new_id(),
            store_id=shop.id,
            question_id=question,
            verdict=ticket.verdict,
            comment=comment,
            rated_answer=answer,
            rated_by=ticket.opened_by,
            outcome="ticketed",
            rated_at=ticket.created_at,
            updated_at=ticket.created_at,
        )
        ticket.question_id, ticket.rating_id = question, rating.id
        self._db.add(rating)
        self._db.add(ticket)
        if comment:
            self.say(ticket.id, ticket.opened_by, comment)
        self.index(ticket.id)
        return ticket.id

    def say(self, ticket: UUID, author: UUID, body: str, *, internal: bool = False) -> None:
        """Write a message that has the ticket's next position, the opening's being 1."""
        position = 1 + self._db.count("messages", "ticket_id = :ticket", ticket=ticket)
        store = self._db.one("SELECT store_id FROM tickets WHERE id = :ticket", ticket=ticket)
        self._db.add(
            Message(
                id=new_id(),
                ticket_id=ticket,
                store_id=store,
                position=position,
                author_id=author,
                from_support=internal,
                internal=internal,
                body=body,
                created_at=self._moment,
            )
        )
        self._db.execute(
            "UPDATE tickets SET last_position = :position, public_position ="
            " CASE WHEN :internal THEN public_position ELSE :position END WHERE id = :ticket",
            position=position,
            internal=internal,
            ticket=ticket,
        )
        self.index(ticket)

    def index(self, ticket: UUID) -> None:
        """Let the ticket be found by its words."""
        self._db.execute("SELECT index_tickets(ARRAY[CAST(:ticket AS uuid)])", ticket=ticket)

    def _ticket(self, shop: StoreFixture, values: dict[str, Any]) -> Ticket:
        self._moment += timedelta(hours=1)
        self._numbers[shop.id] = self._numbers.get(shop.id, 0) + 1
        status = values.get("status", TicketStatus.OPEN)
        return Ticket(
            **{
                "id": new_id(),
                "store_id": shop.id,
                "number": self._numbers[shop.id],
                "verdict": Verdict.INCORRECT,
                "status": status,
                "parked_reason": "quota_exhausted" if status == "parked" else None,
                "closed_at": self._moment if status == "closed" else None,
                "opened_by": shop.admin,
                "created_at": self._moment,
                "last_activity_at": self._moment,
                **values,
            }
        )


def listed(client: Client, **filters: Any) -> list[UUID]:
    """Ids of a filtered list, all pages of it, in its order."""
    return [UUID(item["id"]) for item in client.walk("/v1/tickets", **filters)]
