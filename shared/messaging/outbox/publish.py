"""Publishing events: one outbox row per event and consumer, written in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from shared.clock import now
from shared.config.settings import settings
from shared.db.bulk_insert import insert_rows
from shared.db.models import OutboxRow
from shared.ids import new_id
from shared.messaging.events import AnyEvent, Event
from shared.messaging.public_events import message_of
from shared.messaging.routes import consumers_of
from shared.messaging.subscriptions import consumers_by_event
from shared.observability import tracing


def publish(session: Session, events: Iterable[AnyEvent], *, delay: timedelta | None = None) -> None:
    """Add `events` to the outbox, once for each consumer of the routing table and for each subscriber.

    They are due at once, or after `delay`. Rules add events to a unit of work (`unit_of_work.py`).
    """
    insert_rows(session, OutboxRow, outbox_rows(events, delay=delay))


def outbox_rows(events: Iterable[AnyEvent], *, delay: timedelta | None = None) -> list[dict[str, Any]]:
    """The rows of `events`: one for each consumer of the routing table and for each subscriber."""
    moment = now()
    due = {} if delay is None else {"available_at": moment + delay}
    subscribers = consumers_by_event(settings().subscriptions)
    return [row | due for event in events for row in _rows(event, subscribers.get(event.name, ()), moment)]


def _rows(event: AnyEvent, subscribers: tuple[str, ...], occurred_at: datetime) -> Iterator[dict[str, Any]]:
    row = {"event": event.name, "store_id": getattr(event, "store_id", None)}
    for consumer in consumers_of(type(event)):
        yield row | {"consumer": consumer, "payload": tracing.with_traceparent(event)}
    if subscribers and isinstance(event, Event):
        # Subscribers' rows hold the finished message: a later release forwards it as this one wrote it.
        message = message_of(event, new_id(), occurred_at)
        for consumer in subscribers:
            yield row | {"consumer": consumer, "payload": tracing.with_traceparent(message)}
