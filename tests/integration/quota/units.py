"""Units of a store, moved the way consumers move them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from shared.db.transactions import transaction
from shared.ids import new_id
from shared.messaging.events import AnyEvent, RatingUnitRequested, RefundDue, StorePlanChanged
from shared.messaging.outbox.publish import publish
from tests.support.clients.jobs import work
from tests.support.factories.database import Database, StoreFixture


class Units:
    """What a test does to the units of stores, and what it sees of them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ask(self, shop: StoreFixture, count: int = 1) -> list[UUID]:
        """Have `count` new subjects ask for a unit, and the quota service answer."""
        subjects = [new_id() for _ in range(count)]
        self.send("quota.check", self.asks(shop, subjects))
        return subjects

    def asks(self, shop: StoreFixture, subjects: Sequence[UUID]) -> list[RatingUnitRequested]:
        """The events of `subjects` asking."""
        return [
            RatingUnitRequested(store_id=shop.id, subject_id=subject, actor_id=shop.admin)
            for subject in subjects
        ]

    def refund(self, shop: StoreFixture, *subjects: UUID) -> None:
        """Have the units of `subjects` given back."""
        self.send("quota.refund", [RefundDue(store_id=shop.id, subject_id=subject) for subject in subjects])

    def change_plan(self, shop: StoreFixture, units: int | None, *, tickets: bool = True) -> None:
        """Subscribe the store to another plan, and publish the change."""
        other = self._db.shop(units, tickets=tickets)
        self._db.execute(
            "UPDATE stores SET plan_code = (SELECT plan_code FROM stores WHERE id = :other) WHERE id = :id",
            other=other.id,
            id=shop.id,
        )
        self.publish_plan_change(shop)

    def publish_plan_change(self, shop: StoreFixture) -> None:
        """Publish that the store's plan has changed, and have the quota service handle it."""
        code = self._db.one("SELECT plan_code FROM stores WHERE id = :id", id=shop.id)
        self.send("quota.apply_plan", [StorePlanChanged(store_id=shop.id, plan_code=code)])

    def send(self, consumer: str, events: Sequence[AnyEvent]) -> None:
        """Publish `events` and have `consumer` handle all that is due."""
        with transaction() as session:
            publish(session, events)
        work(consumer)

    def end_period(self, shop: StoreFixture) -> None:
        """Let the store's period be over by now."""
        self._db.execute(
            "UPDATE quota_periods SET starts_at = starts_at - (ends_at - now()), ends_at = now()"
            " WHERE store_id = :id",
            id=shop.id,
        )

    def periods(self, shop: StoreFixture) -> list[tuple[int | None, int]]:
        """Limit and used of each period, in order."""
        rows = self._db.all(
            "SELECT unit_limit, used FROM quota_periods WHERE store_id = :id ORDER BY starts_at", id=shop.id
        )
        return [tuple(row) for row in rows]

    def ledger(self, shop: StoreFixture) -> list[tuple[str, int | None]]:
        """Kind and units of each movement, in order."""
        rows = self._db.all(
            "SELECT kind, units FROM quota_ledger WHERE store_id = :id ORDER BY created_at, id", id=shop.id
        )
        return [tuple(row) for row in rows]

    def answers(self) -> dict[str, int]:
        """How many subjects were granted and denied a unit, and how many thresholds were announced."""
        return dict(
            tuple(row) for row in self._db.all("SELECT event, count(DISTINCT id) FROM outbox GROUP BY event")
        )
