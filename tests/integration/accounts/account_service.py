"""Messages of the account service, sent as it sends them and handled as workers do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.ticket_api.consumers import receive_store
from shared.ids import new_id
from tests.support.clients.jobs import work
from tests.support.factories.database import Database

NOON = datetime(2026, 1, 20, 12, tzinfo=UTC)


def person(person_id: UUID | None = None, **values: Any) -> dict[str, Any]:
    """Someone, as a message describes them."""
    chosen = person_id or new_id()
    return {
        "id": str(chosen),
        "name": "Ana Ledesma",
        "email": f"{chosen}@example.org",
        "roles": ["gestionar_tickets"],
        "locale": "es",
        "active": True,
        **values,
    }


class Account:
    """The account service, with one store and a plan for it."""

    def __init__(self, db: Database, store_id: UUID | None = None) -> None:
        self.db = db
        self.store_id = store_id or new_id()
        self.plan = self.plan_of(3)

    def plan_of(self, units: int | None, *, tickets: bool = True) -> str:
        """The code of a plan with `units`."""
        shop = self.db.shop(units, tickets=tickets)
        return str(self.db.one("SELECT plan_code FROM stores WHERE id = :id", id=shop.id))

    def message(self, *people: Mapping[str, Any], minute: int = 0, **values: Any) -> dict[str, Any]:
        """A message sent `minute` minutes past noon; `store` overrides values of the store."""
        store = {
            "id": str(self.store_id),
            "name": "Percha Lunar",
            "plan_code": self.plan,
            "time_zone": "America/Bogota",
            "subscribed_on": "2026-01-15",
            **values.pop("store", {}),
        }
        sent_at = (NOON + timedelta(minutes=minute)).isoformat()
        return {"store": store, "people": list(people), "sent_at": sent_at, **values}

    def send(self, *people: Mapping[str, Any], minute: int = 0, **values: Any) -> None:
        """Send one message and have it handled."""
        self.send_all(self.message(*people, minute=minute, **values))

    def send_all(self, *messages: Mapping[str, Any]) -> None:
        """Send messages and have them handled as one batch."""
        for message in messages:
            receive_store(message)
        work("stores.import")

    def store(self) -> Any:
        """The store as it stands; None where there is none."""
        rows = self.db.all("SELECT * FROM stores WHERE id = :id", id=self.store_id)
        return rows[0] if rows else None

    def people(self) -> dict[str, bool]:
        """Whether each person of the store is active, by id."""
        rows = self.db.all("SELECT id, active FROM people WHERE store_id = :id", id=self.store_id)
        return {str(row.id): row.active for row in rows}

    def errors(self) -> list[str]:
        """What dead messages died of."""
        return self.db.column(
            "SELECT last_error FROM outbox WHERE consumer = :name AND dead_at IS NOT NULL ORDER BY id",
            name="stores.import",
        )
