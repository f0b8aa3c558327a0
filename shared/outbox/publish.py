"""Writing jobs: one row per event and consumer, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from shared.bulk import insert_rows
from shared.clock import now
from shared.events import AnyEvent
from shared.models import OutboxRow
from shared.routes import consumers_of


def publish(session: Session, events: Iterable[AnyEvent], *, after: timedelta | None = None) -> None:
    """Add `events` to the outbox, once for each consumer of the routing table.

    They are due at once, or `after` that long.
    """
    delay = {} if after is None else {"available_at": now() + after}
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
            | delay
            for event in events
            for consumer in consumers_of(type(event))
        ],
    )
