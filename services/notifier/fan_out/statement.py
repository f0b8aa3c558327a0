"""The fan-out: one SQL statement writes what a batch of events makes for all of their recipients.

It is one statement for any number of events and recipients, so that its cost does not grow with round trips.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.fan_out.audience import AUDIENCE, Audience
from services.notifier.topics import TOPIC_OF, Side
from shared.config.settings import settings
from shared.db.models import TICKET_ROLES, Role
from shared.messaging.events import DeliveryDue, Event

_FAN_OUT = text("""
    WITH

    -- The batch: one row for each event, as _event_row() makes it.
    event AS MATERIALIZED (
        SELECT * FROM json_to_recordset(CAST(:events AS json)) AS e
        (ordinal int, name text, topic text, store_id uuid, ticket_id uuid, actor_id uuid, assignee_id uuid,
         message_id uuid, correlation_id text, detail jsonb,
         to_store bool, to_administrators bool, to_support bool,
         to_support_participants bool, store_email_default bool, support_email_default bool)
    ),

    -- The people of each event's audiences. UNION removes duplicates, such as somebody who wrote in a ticket
    -- that is assigned to them.
    audience AS (
        SELECT e.ordinal, p.id AS person_id
        FROM event e
        JOIN people p ON p.store_id = e.store_id AND (
            e.to_store AND p.roles && CAST(:ticket_roles AS text[])
            OR e.to_administrators AND :administrator = ANY(p.roles)
        )
        UNION
        SELECT e.ordinal, p.id FROM event e JOIN people p ON e.to_support AND p.store_id IS NULL
        UNION
        SELECT e.ordinal, m.author_id
        FROM event e
        JOIN messages m ON e.to_support_participants AND m.ticket_id = e.ticket_id AND m.from_support
        UNION
        SELECT e.ordinal, t.assignee_id
        FROM event e JOIN tickets t ON e.to_support_participants AND t.id = e.ticket_id
        UNION
        SELECT e.ordinal, e.assignee_id FROM event e
    ),

    -- The active people of the audience, without the one who caused the event, and their channels:
    -- wants_in_app, wants_email: by their preference for the topic, or by its default.
    -- email_opted_out: they turned its e-mails off themselves.
    -- already_read: they have read the ticket up to the event's message, on a page that was open meanwhile.
    recipient AS MATERIALIZED (
        SELECT e.ordinal, e.ticket_id, p.id AS person_id,
            coalesce(in_app_preference.enabled, true) AS wants_in_app,
            CAST(:smtp_configured AS bool) AND coalesce(
                email_preference.enabled,
                CASE WHEN p.store_id IS NULL THEN e.support_email_default ELSE e.store_email_default END
            ) AS wants_email,
            email_preference.enabled IS FALSE AS email_opted_out,
            coalesce(ticket_read.position >= message.position, false) AS already_read
        FROM audience
        JOIN event e USING (ordinal)
        JOIN people p ON p.id = audience.person_id AND p.active AND p.id IS DISTINCT FROM e.actor_id
        LEFT JOIN notification_preferences in_app_preference
            ON in_app_preference.person_id = p.id AND in_app_preference.topic = e.topic
            AND in_app_preference.channel = 'in_app'
        LEFT JOIN notification_preferences email_preference
            ON email_preference.person_id = p.id AND email_preference.topic = e.topic
            AND email_preference.channel = 'email'
        LEFT JOIN messages message ON message.id = e.message_id
        LEFT JOIN ticket_reads ticket_read
            ON (ticket_read.person_id, ticket_read.ticket_id) = (p.id, message.ticket_id)
    ),

    -- In-app notifications. Those of a person about one ticket are merged into one row, with a count: the
    -- events of this batch by `merged`, and with an unread row of earlier batches by ON CONFLICT. What the
    -- person has read already is inserted as read, and nothing is merged into it later.
    -- Rows are locked in one order (person, ticket), so that two batches do not deadlock.
    notification AS (
        INSERT INTO notifications
            (id, person_id, store_id, ticket_id, event, count, detail, created_at, updated_at, read_at)
        SELECT new_uuid(), merged.person_id, e.store_id, e.ticket_id, e.name, merged.event_count, e.detail,
            :now, :now, CASE WHEN merged.already_read THEN CAST(:now AS timestamptz) END
        FROM (
            SELECT person_id, max(ordinal) AS ordinal, count(*) AS event_count,
                bool_and(already_read) AS already_read
            FROM recipient WHERE wants_in_app
            GROUP BY person_id, ticket_id, CASE WHEN ticket_id IS NULL THEN ordinal END
        ) merged
        JOIN event e USING (ordinal)
        ORDER BY merged.person_id, e.ticket_id
        ON CONFLICT (person_id, ticket_id) WHERE read_at IS NULL
        DO UPDATE SET count = notifications.count + excluded.count, event = excluded.event,
            detail = excluded.detail, updated_at = excluded.updated_at
    ),

    -- What recipients did not get because they turned it off. Who gets no e-mail by a topic's default is not
    -- recorded: the list of a ticket's deliveries concludes it from the absence of both rows.
    skip AS (
        INSERT INTO notification_skips (id, person_id, store_id, ticket_id, event, channel, created_at)
        SELECT new_uuid(), r.person_id, e.store_id, e.ticket_id, e.name, 'in_app', CAST(:now AS timestamptz)
        FROM recipient r JOIN event e USING (ordinal) WHERE NOT r.wants_in_app
        UNION ALL
        SELECT new_uuid(), r.person_id, e.store_id, e.ticket_id, e.name, 'email', :now
        FROM recipient r JOIN event e USING (ordinal) WHERE r.email_opted_out
    ),

    -- E-mails, merged like notifications: a row waits out the grace time for more events of its ticket, and
    -- is dropped if the person reads the ticket meanwhile. What the person has read already is inserted as
    -- dropped, so that support can see why no e-mail came.
    -- is_new: a job has to be published for it; a row into which events were merged has its job already.
    email AS (
        INSERT INTO email_deliveries
            (id, person_id, store_id, ticket_id, events, outcome, reason, created_at, due_at, ended_at)
        SELECT new_uuid(), merged.person_id, merged.store_id, merged.ticket_id, merged.events,
            CASE WHEN merged.already_read THEN 'dropped' ELSE 'waiting' END,
            CASE WHEN merged.already_read THEN 'read' END,
            :now, :email_due, CASE WHEN merged.already_read THEN CAST(:now AS timestamptz) END
        FROM (
            SELECT r.person_id, e.store_id, e.ticket_id, r.already_read, jsonb_agg(
                jsonb_build_object('event', e.name, 'at', CAST(:now AS timestamptz), 'detail', e.detail,
                    'correlation_id', e.correlation_id)
                ORDER BY e.ordinal
            ) AS events
            FROM recipient r JOIN event e USING (ordinal) WHERE r.wants_email
            GROUP BY r.person_id, e.store_id, e.ticket_id, r.already_read,
                CASE WHEN e.ticket_id IS NULL THEN e.ordinal END
        ) merged
        ORDER BY merged.person_id, merged.ticket_id
        ON CONFLICT (person_id, ticket_id) WHERE outcome = 'waiting' AND attempts = 0
        DO UPDATE SET events = email_deliveries.events || excluded.events, folds = email_deliveries.folds + 1
        RETURNING id, store_id, events->-1->>'correlation_id' AS correlation_id,
            outcome = 'waiting' AND folds = 0 AS is_new
    )

    -- One row for each new e-mail, or one without an e-mail; each with the number of in-app notifications.
    -- PostgreSQL runs `email` first because this selects from it, then `notification` and `skip`. Marking
    -- notifications read (services/notifier/notifications/read.py) locks both tables in the same order.
    SELECT email.id, email.store_id, email.correlation_id, in_app.notification_count
    FROM (SELECT count(*) AS notification_count FROM recipient WHERE wants_in_app) in_app
    LEFT JOIN email ON email.is_new
""")

_NOT_IN_DETAIL = {"store_id", "correlation_id", "actor_id", "ticket_id"}
"""Fields of events that have columns of their own; a notification's `detail` holds the others."""


class FanOutResult(NamedTuple):
    """What a batch made: a job for each new e-mail, and the number of in-app notifications."""

    email_jobs: list[DeliveryDue]
    notification_count: int


def notify(session: Session, events: Sequence[Event], now: datetime) -> FanOutResult:
    """Write notifications, e-mails and skips for the recipients of `events`, of which there is at least one.

    The returned jobs are not published here. They are due after the grace time for reading in the app.
    """
    config = settings()
    rows = session.execute(
        _FAN_OUT,
        {
            "events": msgspec.json.encode([_event_row(*numbered) for numbered in enumerate(events)]).decode(),
            "ticket_roles": [role.value for role in TICKET_ROLES],
            "administrator": Role.ADMINISTRADOR.value,
            "now": now,
            "smtp_configured": bool(config.smtp_url),
            "email_due": now + timedelta(seconds=config.email_grace_seconds),
        },
    ).all()
    email_jobs = [
        DeliveryDue(
            store_id=row.store_id,
            correlation_id=row.correlation_id or "",
            channel="email",
            delivery_id=row.id,
        )
        for row in rows
        if row.id is not None
    ]
    return FanOutResult(email_jobs, rows[0].notification_count)


def _event_row(ordinal: int, event: Event) -> Mapping[str, Any]:
    """A row of the statement's `event`: the event's values, its topic, audiences and e-mail defaults."""
    values = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    topic, audience = TOPIC_OF[type(event)], AUDIENCE[type(event)]
    return {
        "ordinal": ordinal,
        "name": event.name,
        "topic": topic.name,
        "store_id": event.store_id,
        "ticket_id": values.get("ticket_id"),
        "actor_id": values.get("actor_id"),
        "assignee_id": values.get("assignee_id") if Audience.ASSIGNEE in audience else None,
        "message_id": values.get("message_id"),
        "correlation_id": event.correlation_id,
        "detail": {key: value for key, value in values.items() if key not in _NOT_IN_DETAIL},
        "to_store": Audience.STORE in audience,
        "to_administrators": Audience.ADMINISTRATORS in audience,
        "to_support": Audience.SUPPORT in audience,
        "to_support_participants": Audience.SUPPORT_PARTICIPANTS in audience,
        "store_email_default": topic.email_by_default.get(Side.STORE, False),
        "support_email_default": topic.email_by_default.get(Side.SUPPORT, False),
    }
