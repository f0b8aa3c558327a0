"""A delivery for each endpoint that wants an event, its payload as it stands at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.webhooks.events import WEBHOOK_EVENTS
from shared.messaging.events import DeliveryDue, Event
from shared.messaging.public_events import data_of

_STORES = text("""
    SELECT DISTINCT store_id FROM webhook_endpoints
    WHERE active AND store_id = ANY(CAST(:stores AS uuid[]))
""")

_ADD = text("""
    INSERT INTO webhook_deliveries
        (id, endpoint_id, store_id, ticket_id, event, payload, outcome, created_at, due_at,
         correlation_id)
    SELECT new_uuid(), w.id, e.store_id, e.ticket_id, e.event, e.payload, 'waiting', :now, :now,
        e.correlation_id
    FROM json_to_recordset(CAST(:events AS json))
        AS e (store_id uuid, ticket_id uuid, event text, payload text, correlation_id text)
    JOIN webhook_endpoints w ON w.store_id = e.store_id AND w.active AND e.event = ANY(w.events)
    RETURNING id, store_id, correlation_id
""")


def add(session: Session, events: Sequence[Event], now: datetime) -> list[DeliveryDue]:
    """Write a delivery of each event for each active endpoint that chose it; returns their jobs."""
    wanted = [event for event in events if isinstance(event, WEBHOOK_EVENTS)]
    stores = set(session.scalars(_STORES, {"stores": list({event.store_id for event in wanted})}))
    rows = [_row(event, now) for event in wanted if event.store_id in stores]
    if not rows:
        return []
    added = session.execute(_ADD, {"events": msgspec.json.encode(rows).decode(), "now": now})
    return [
        DeliveryDue(
            store_id=row.store_id,
            correlation_id=row.correlation_id,
            channel="webhook",
            delivery_id=row.id,
        )
        for row in added
    ]


def _row(event: Event, now: datetime) -> dict[str, object]:
    return {
        "store_id": event.store_id,
        "ticket_id": getattr(event, "ticket_id", None),
        "event": event.name,
        "payload": payload(event, now),
        "correlation_id": event.correlation_id,
    }


def payload(event: Event, now: datetime) -> str:
    """The body of a call (Standard Webhooks): the event's name, its time, and its ids and small values."""
    return msgspec.json.encode({"type": event.name, "timestamp": now, "data": data_of(event)}).decode()
