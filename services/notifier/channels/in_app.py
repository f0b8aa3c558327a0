"""The notifications section: one statement tells everyone of a whole batch of events."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.audience import AUDIENCE
from shared.events import Event
from shared.models import TICKET_ROLES

_NOT_DETAIL = {"store_id", "correlation_id", "actor_id", "ticket_id"}

_TELL = text("""
    WITH event AS (
        SELECT * FROM json_to_recordset(CAST(:events AS json)) AS e
        (ordinal int, event text, store_id uuid, ticket_id uuid, actor_id uuid, detail jsonb,
         to_store bool, to_support bool)
    ), told AS (
        SELECT p.id AS person_id, e.* FROM event e
        JOIN people p ON e.to_store AND p.store_id = e.store_id AND p.roles && CAST(:ticket_roles AS text[])
        WHERE p.active AND p.id IS DISTINCT FROM e.actor_id
        UNION ALL
        SELECT p.id AS person_id, e.* FROM event e
        JOIN people p ON e.to_support AND p.store_id IS NULL
        WHERE p.active AND p.id IS DISTINCT FROM e.actor_id
    ), folded AS (
        SELECT DISTINCT ON (person_id, ticket_id, alone) *, count(*) OVER (
            PARTITION BY person_id, ticket_id, alone
        ) AS times
        FROM (SELECT *, CASE WHEN ticket_id IS NULL THEN ordinal END AS alone FROM told) t
        ORDER BY person_id, ticket_id, alone, ordinal DESC
    )
    INSERT INTO notifications
        (id, person_id, store_id, ticket_id, event, count, detail, created_at, updated_at)
    SELECT new_uuid(), person_id, store_id, ticket_id, event, times, detail, :now, :now FROM folded
    ON CONFLICT (person_id, ticket_id) WHERE read_at IS NULL AND ticket_id IS NOT NULL
    DO UPDATE SET count = notifications.count + excluded.count, event = excluded.event,
        detail = excluded.detail, updated_at = excluded.updated_at
""")


def tell(session: Session, events: Sequence[Event], now: datetime) -> None:
    """Add a notification for everyone in the audience of each event; unread ones of a ticket fold."""
    rows = [_row(ordinal, event) for ordinal, event in enumerate(events)]
    session.execute(
        _TELL,
        {
            "events": msgspec.json.encode(rows).decode(),
            "ticket_roles": [role.value for role in TICKET_ROLES],
            "now": now,
        },
    )


def _row(ordinal: int, event: Event) -> Mapping[str, Any]:
    values = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    groups = AUDIENCE[type(event)]
    return {
        "ordinal": ordinal,
        "event": event.name,
        "store_id": event.store_id,
        "ticket_id": values.get("ticket_id"),
        "actor_id": values.get("actor_id"),
        "detail": {key: value for key, value in values.items() if key not in _NOT_DETAIL},
        "to_store": "store" in groups,
        "to_support": "support" in groups,
    }
