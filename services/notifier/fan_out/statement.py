"""Telling people of a batch of events: one statement, whatever the number of events and recipients."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.fan_out import email, in_app
from services.notifier.fan_out.audience import AUDIENCE, Audience
from services.notifier.topics import TOPIC_OF, Side
from shared.config.settings import settings
from shared.db.models import TICKET_ROLES, Role
from shared.messaging.events import DeliveryDue, Event

_NOT_DETAIL = {"store_id", "correlation_id", "actor_id", "ticket_id"}

# `reached` may find a person twice (by writing in a ticket and by holding it); UNION keeps them once.
# `seen`: the person has read the ticket up to the message already, on a page that was open meanwhile.
_TOLD = """
    event AS MATERIALIZED (
        SELECT * FROM json_to_recordset(CAST(:events AS json)) AS e
        (ordinal int, event text, topic text, store_id uuid, ticket_id uuid, actor_id uuid, assignee_id uuid,
         message_id uuid, correlation_id text, detail jsonb,
         to_store bool, to_administrators bool, to_support bool,
         to_participants bool, email_store bool, email_support bool)
    ), reached AS (
        SELECT e.ordinal, p.id AS person_id FROM event e
        JOIN people p ON p.store_id = e.store_id AND (
            e.to_store AND p.roles && CAST(:ticket_roles AS text[])
            OR e.to_administrators AND :administrator = ANY(p.roles)
        ) UNION SELECT e.ordinal, p.id FROM event e JOIN people p ON e.to_support AND p.store_id IS NULL
        UNION SELECT e.ordinal, m.author_id FROM event e
        JOIN messages m ON e.to_participants AND m.ticket_id = e.ticket_id AND m.from_support
        UNION SELECT e.ordinal, t.assignee_id FROM event e
        JOIN tickets t ON e.to_participants AND t.id = e.ticket_id
        UNION SELECT e.ordinal, e.assignee_id FROM event e
    ), told AS MATERIALIZED (
        SELECT e.ordinal, e.ticket_id, p.id AS person_id,
            coalesce(in_app.enabled, true) AS in_app,
            CAST(:email_on AS bool) AND coalesce(
                email.enabled, CASE WHEN p.store_id IS NULL THEN e.email_support ELSE e.email_store END
            ) AS email,
            email.enabled IS FALSE AS no_email,
            coalesce(has_read.position >= message.position, false) AS seen
        FROM reached
        JOIN event e USING (ordinal)
        JOIN people p ON p.id = reached.person_id AND p.active AND p.id IS DISTINCT FROM e.actor_id
        LEFT JOIN notification_preferences in_app
            ON (in_app.person_id, in_app.topic, in_app.channel) = (p.id, e.topic, 'in_app')
        LEFT JOIN notification_preferences email
            ON (email.person_id, email.topic, email.channel) = (p.id, e.topic, 'email')
        LEFT JOIN messages message ON message.id = e.message_id
        LEFT JOIN ticket_reads has_read
            ON (has_read.person_id, has_read.ticket_id) = (p.id, message.ticket_id)
    )
"""

# Only explicit choices are kept: whoever has neither this nor a delivery was told by default.
_SKIP = """
    INSERT INTO notification_skips (id, person_id, store_id, ticket_id, event, channel, created_at)
    SELECT new_uuid(), told.person_id, e.store_id, e.ticket_id, e.event, 'in_app', CAST(:now AS timestamptz)
    FROM told JOIN event e USING (ordinal) WHERE NOT in_app
    UNION ALL
    SELECT new_uuid(), told.person_id, e.store_id, e.ticket_id, e.event, 'email', :now
    FROM told JOIN event e USING (ordinal) WHERE no_email
"""

# The e-mails are written first and the lines after them: what is not selected from comes at the end.
_TELL = text(
    f"WITH {_TOLD}, line AS ({in_app.ADD}), skip AS ({_SKIP}), mail AS ({email.ADD})"  # noqa: S608 - constants
    " SELECT mail.id, mail.store_id, mail.correlation_id, lines.lines"
    " FROM (SELECT count(*) AS lines FROM told WHERE in_app) lines LEFT JOIN mail ON mail.fresh"
)


class Told(NamedTuple):
    """The jobs of new e-mails, each due after the grace time; and how many notices were added in the app."""

    mails: list[DeliveryDue]
    in_app: int


def tell(session: Session, events: Sequence[Event], now: datetime) -> Told:
    """Tell everyone in the audience of each event, by the channels each of them wants for it."""
    config = settings()
    rows = session.execute(
        _TELL,
        {
            "events": msgspec.json.encode([_row(*numbered) for numbered in enumerate(events)]).decode(),
            "ticket_roles": [role.value for role in TICKET_ROLES],
            "administrator": Role.ADMINISTRADOR.value,
            "now": now,
            "email_on": bool(config.smtp_url),
            "email_due": now + timedelta(seconds=config.email_grace_seconds),
        },
    ).all()
    mails = [
        DeliveryDue(
            store_id=row.store_id,
            correlation_id=row.correlation_id or "",
            channel="email",
            delivery_id=row.id,
        )
        for row in rows
        if row.id is not None
    ]
    return Told(mails, rows[0].lines)


def _row(ordinal: int, event: Event) -> Mapping[str, Any]:
    values = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    topic, audience = TOPIC_OF[type(event)], AUDIENCE[type(event)]
    return {
        "ordinal": ordinal,
        "event": event.name,
        "topic": topic.name,
        "store_id": event.store_id,
        "ticket_id": values.get("ticket_id"),
        "actor_id": values.get("actor_id"),
        "assignee_id": values.get("assignee_id") if Audience.ASSIGNEE in audience else None,
        "message_id": values.get("message_id"),
        "correlation_id": event.correlation_id,
        "detail": {key: value for key, value in values.items() if key not in _NOT_DETAIL},
        "to_store": Audience.STORE in audience,
        "to_administrators": Audience.ADMINISTRATORS in audience,
        "to_support": Audience.SUPPORT in audience,
        "to_participants": Audience.PARTICIPANTS in audience,
        "email_store": topic.email.get(Side.STORE, False),
        "email_support": topic.email.get(Side.SUPPORT, False),
    }
