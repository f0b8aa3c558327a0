"""Enqueues deliveries: one for each event and endpoint that lists it, with its payload rendered now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.webhooks.events import WEBHOOK_EVENTS
from shared.messaging.events import DeliveryDue, Event
from shared.messaging.public_events import data_of

_STORES_WITH_ENDPOINTS = text("""
    SELECT DISTINCT store_id FROM webhook_endpoints
    WHERE active AND store_id = ANY(CAST(:stores AS uuid[]))
""")

_INSERT = text("""
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


def enqueue(session: Session, events: Sequence[Event], now: datetime) -> list[DeliveryDue]:
    """Insert a delivery of each event for each active endpoint that lists it; returns the jobs to publish."""
    public = [event for event in events if isinstance(event, WEBHOOK_EVENTS)]
    store_ids = list({event.store_id for event in public})
    stores = set(session.scalars(_STORES_WITH_ENDPOINTS, {"stores": store_ids}))
    rows = [_row(event, now) for event in public if event.store_id in stores]
    if not rows:
        return []
    deliveries = session.execute(_INSERT, {"events": msgspec.json.encode(rows).decode(), "now": now})
    return [
        DeliveryDue(
            store_id=row.store_id,
            correlation_id=row.correlation_id,
            channel="webhook",
            delivery_id=row.id,
        )
        for row in deliveries
    ]


def _row(event: Event, now: datetime) -> dict[str, object]:
    return {
        "store_id": event.store_id,
        "ticket_id": getattr(event, "ticket_id", None),
        "event": event.name,
        "payload": render_payload(event, now),
        "correlation_id": event.correlation_id,
    }


def render_payload(event: Event, now: datetime) -> str:
    """The JSON body of a call, as Standard Webhooks proposes it: the event's name, time and values."""
    return msgspec.json.encode({"type": event.name, "timestamp": now, "data": data_of(event)}).decode()
