"""Writing jobs: one row per event and consumer, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from shared.bulk import insert_rows
from shared.events import AnyEvent
from shared.models import OutboxRow
from shared.routes import consumers_of


def publish(session: Session, events: Iterable[AnyEvent]) -> None:
    """Add `events` to the outbox, once for each consumer of the routing table; due at once."""
    insert_rows(
        session,
        OutboxRow,
        [
            {
                "consumer": consumer,
                "event": event.name,
                "payload": event,
                "store_id": getattr(event, "store_id", None),
            }
            for event in events
            for consumer in consumers_of(type(event))
        ],
    )
