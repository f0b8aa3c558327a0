"""Rows of the outbox to handle, and a consumer whose work can be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from shared.db.transactions import transaction
from shared.messaging.events import QuotaGranted, RatingUnitRequested
from shared.messaging.outbox.publish import publish
from tests.support.factories.database import Database

CONSUMER = "quota.check"
NEXT = "tickets.open"

Publish = Callable[[int], list[int]]


@pytest.fixture
def published(db: Database) -> Publish:
    """Publishes `count` events for one consumer and returns the ids of their rows."""

    def add(count: int) -> list[int]:
        store, actor = uuid4(), uuid4()
        with transaction() as session:
            publish(
                session,
                [
                    RatingUnitRequested(store_id=store, subject_id=uuid4(), actor_id=actor)
                    for _ in range(count)
                ],
            )
        rows = db.column("SELECT id FROM outbox WHERE consumer = :name ORDER BY id", name=CONSUMER)
        return rows[-count:]

    return add


def pass_on(session: Session, events: Sequence[RatingUnitRequested]) -> None:
    """A consumer's work: one row for the next consumer per event."""
    publish(
        session,
        [
            QuotaGranted(
                store_id=event.store_id,
                subject_kind=event.subject_kind,
                subject_id=event.subject_id,
                actor_id=event.actor_id,
            )
            for event in events
        ],
    )


@pytest.fixture
def effects(db: Database) -> Callable[[], int]:
    """How often `pass_on` did its work."""
    return lambda: db.count("outbox", "consumer = :name", name=NEXT)


@pytest.fixture
def left(db: Database) -> Callable[[], list[int]]:
    """Ids of the rows that still wait for the consumer, dead or alive."""
    return lambda: db.column("SELECT id FROM outbox WHERE consumer = :name ORDER BY id", name=CONSUMER)
