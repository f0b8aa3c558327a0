"""Claims due e-mails: a claimed row belongs to this worker for a while, so that no two send it at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from services.notifier.due import CLAIM_SECONDS, IS_DUE
from services.notifier.email.outgoing import EmailItem, OutgoingEmail

AnyRow = Row[*tuple[Any, ...]]

_SELECT_DUE = text(f"""
    SELECT d.id, d.attempts, d.person_id, d.store_id, d.ticket_id, d.events,
        p.name, p.email, p.locale, p.active, p.store_id IS NULL AS is_support,
        s.name AS store_name, t.number AS ticket_number, coalesce(r.position, 0) AS read_position,
        a.address IS NOT NULL AS address_refused,
        (SELECT coalesce(jsonb_object_agg(n.topic, n.enabled), '{{}}') FROM notification_preferences n
         WHERE n.person_id = p.id AND n.channel = 'email') AS preferences
    FROM email_deliveries d
    JOIN people p ON p.id = d.person_id
    JOIN stores s ON s.id = d.store_id
    LEFT JOIN tickets t ON t.id = d.ticket_id
    LEFT JOIN ticket_reads r ON (r.person_id, r.ticket_id) = (d.person_id, d.ticket_id)
    LEFT JOIN refused_addresses a ON a.address = p.email
    WHERE d.id = ANY(:ids) AND ({IS_DUE})
    ORDER BY d.id FOR UPDATE OF d SKIP LOCKED
""")  # noqa: S608 - a constant

_SELECT_MESSAGES = text("""
    SELECT m.id, m.body, m.position, p.name FROM messages m JOIN people p ON p.id = m.author_id
    WHERE m.id = ANY(CAST(:ids AS uuid[]))
""")

_DROP = text("""
    UPDATE email_deliveries d SET outcome = 'dropped', reason = dropped.reason, claimed_until = NULL,
        ended_at = now()
    FROM unnest(CAST(:ids AS uuid[]), CAST(:reasons AS text[])) AS dropped (id, reason)
    WHERE d.id = dropped.id
""")

_CLAIM = text("""
    UPDATE email_deliveries SET outcome = 'sending', attempts = attempts + 1,
        claimed_until = now() + make_interval(secs => :seconds)
    WHERE id = ANY(:ids)
""")


def claim(session: Session, ids: Sequence[UUID]) -> list[OutgoingEmail]:
    """Claim those of `ids` that are due and not locked; returns what to send.

    Those that are due but not to be sent any more are recorded as dropped.
    """
    rows = session.execute(_SELECT_DUE, {"ids": list(ids)}).all()
    messages = _messages(session, rows)
    emails = [_outgoing_email(row, messages) for row in rows]
    dropped = {email.id: reason for email in emails if (reason := email.drop_reason())}
    claimed = [email for email in emails if email.id not in dropped]
    if dropped:
        session.execute(_DROP, {"ids": list(dropped), "reasons": list(dropped.values())})
    if claimed:
        session.execute(_CLAIM, {"ids": [email.id for email in claimed], "seconds": CLAIM_SECONDS})
    return claimed


def _messages(session: Session, rows: Sequence[AnyRow]) -> Mapping[str, AnyRow]:
    """The messages that the events of `rows` are about, by id as text."""
    ids = [event["detail"].get("message_id") for row in rows for event in row.events]
    messages = session.execute(_SELECT_MESSAGES, {"ids": [message_id for message_id in ids if message_id]})
    return {str(message.id): message for message in messages}


def _outgoing_email(row: AnyRow, messages: Mapping[str, AnyRow]) -> OutgoingEmail:
    correlation_ids = (event.get("correlation_id") for event in row.events)
    return OutgoingEmail(
        id=row.id,
        attempt=row.attempts + 1,
        person_id=row.person_id,
        recipient_name=row.name,
        address=row.email,
        locale="en" if row.locale == "en" else "es",
        recipient_active=row.active,
        is_support=row.is_support,
        address_refused=row.address_refused,
        preferences=row.preferences,
        store_id=row.store_id,
        store_name=row.store_name,
        ticket_id=row.ticket_id,
        ticket_number=row.ticket_number,
        read_position=row.read_position,
        items=[_email_item(event, messages) for event in row.events],
        correlation_ids=list(dict.fromkeys(filter(None, correlation_ids))),
    )


def _email_item(event: Mapping[str, Any], messages: Mapping[str, AnyRow]) -> EmailItem:
    at = datetime.fromisoformat(event["at"])
    message = messages.get(str(event["detail"].get("message_id")))
    if message is None:
        return EmailItem(event["event"], at, event["detail"])
    return EmailItem(event["event"], at, event["detail"], message.name, message.body, message.position)
