"""Reads a ticket's deliveries from the tables of all channels."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.db.models import Ticket
from shared.db.rows import read_as
from shared.http.auth.callers import Caller
from shared.http.auth.store_scope import visible
from shared.http.pagination import Position


class DeliveryRow(msgspec.Struct, frozen=True):
    """A delivery to a person or to a webhook, with the name of the one or the address of the other."""

    id: UUID
    channel: str
    person_id: UUID | None
    person_name: str
    webhook_id: UUID | None
    webhook_url: str
    events: list[str]
    count: int
    outcome: str
    reason: str | None
    attempts: int
    response: str | None
    created_at: datetime
    ended_at: datetime | None


_PAGE = text("""
    WITH email AS (
        SELECT id, person_id, ARRAY(SELECT e ->> 'event' FROM jsonb_array_elements(events) e) AS events,
            outcome, reason, attempts, last_response, created_at, ended_at
        FROM email_deliveries WHERE ticket_id = :ticket
    ), skip AS (
        SELECT id, person_id, event, channel, created_at FROM notification_skips WHERE ticket_id = :ticket
    ), notification AS (
        SELECT id, person_id, event, count, created_at, read_at FROM notifications WHERE ticket_id = :ticket
    ), delivery AS (
        SELECT id, 'in_app' AS channel, person_id, CAST(NULL AS uuid) AS webhook_id, ARRAY[event] AS events,
            count, CASE WHEN read_at IS NULL THEN 'unread' ELSE 'read' END AS outcome,
            CAST(NULL AS text) AS reason, 1 AS attempts, CAST(NULL AS text) AS response,
            created_at, read_at AS ended_at
        FROM notification
        UNION ALL
        SELECT id, 'email', person_id, NULL, events, cardinality(events), outcome, reason, attempts,
            last_response, created_at, ended_at
        FROM email
        UNION ALL
        SELECT id, channel, person_id, NULL, ARRAY[event], 1, 'skipped', 'preference_off', 0, NULL,
            created_at, created_at
        FROM skip
        UNION ALL
        SELECT CAST(md5(notification.id || 'email') AS uuid), 'email', person_id, NULL, ARRAY[event], count,
            'skipped', :no_email_reason, 0, NULL, created_at, created_at
        FROM notification
        WHERE NOT EXISTS (SELECT FROM email WHERE email.person_id = notification.person_id)
            AND NOT EXISTS (
                SELECT FROM skip WHERE skip.person_id = notification.person_id AND skip.channel = 'email'
            )
        UNION ALL
        SELECT d.id, 'webhook', NULL, d.endpoint_id, ARRAY[event], 1, outcome, reason, attempts,
            (SELECT coalesce(a.error, concat_ws(' ', a.status, a.response)) FROM webhook_attempts a
             WHERE a.delivery_id = d.id ORDER BY a.number DESC, a.id DESC LIMIT 1),
            created_at, ended_at
        FROM webhook_deliveries d WHERE ticket_id = :ticket
    )
    SELECT delivery.*, p.name AS person_name, w.url AS webhook_url
    FROM delivery
    LEFT JOIN people p ON p.id = delivery.person_id
    LEFT JOIN webhook_endpoints w ON w.id = delivery.webhook_id
    WHERE CAST(:after_at AS timestamptz) IS NULL
        OR (delivery.created_at, delivery.id) < (CAST(:after_at AS timestamptz), CAST(:after_id AS uuid))
    ORDER BY delivery.created_at DESC, delivery.id DESC LIMIT :limit
""")


def ticket_exists(session: Session, caller: Caller, ticket_id: UUID) -> bool:
    """Whether the ticket exists and `caller` may see it."""
    statement = visible(select(Ticket.id).where(Ticket.id == ticket_id), Ticket, caller)
    return session.scalar(statement) is not None


def page(
    session: Session, ticket_id: UUID, no_email_reason: str, after: Position | None, limit: int
) -> list[DeliveryRow]:
    """At most `limit` deliveries of a ticket, latest first, starting after the position `after`.

    People with a notification but neither an e-mail nor a skip get a row of their own, with the outcome
    `skipped` and `no_email_reason`: the fan-out records nothing for them.
    """
    values = {
        "ticket": ticket_id,
        "no_email_reason": no_email_reason,
        "after_at": after.sort_value if after else None,
        "after_id": after.id if after else None,
        "limit": limit,
    }
    return read_as(DeliveryRow, session.connection().execute(_PAGE, values))
