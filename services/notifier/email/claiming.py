"""Claiming due e-mails: a row is this worker's for a while, so that two never send it at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from services.notifier.deliveries.due import IS_DUE
from services.notifier.email.mails import Item, Mail

CLAIM_SECONDS = 180
"""Above the workers' hard time limit: whoever had it before is gone by then."""

AnyRow = Row[*tuple[Any, ...]]

_DUE = text(f"""
    SELECT d.id, d.attempts, d.person_id, d.store_id, d.ticket_id, d.events,
        p.name, p.email, p.locale, p.active, p.store_id IS NULL AS support,
        s.name AS store, t.number, coalesce(r.position, 0) AS read_position,
        a.address IS NOT NULL AS refused,
        (SELECT coalesce(jsonb_object_agg(n.topic, n.enabled), '{{}}') FROM notification_preferences n
         WHERE n.person_id = p.id AND n.channel = 'email') AS chosen
    FROM email_deliveries d
    JOIN people p ON p.id = d.person_id
    JOIN stores s ON s.id = d.store_id
    LEFT JOIN tickets t ON t.id = d.ticket_id
    LEFT JOIN ticket_reads r ON (r.person_id, r.ticket_id) = (d.person_id, d.ticket_id)
    LEFT JOIN refused_addresses a ON a.address = p.email
    WHERE d.id = ANY(:ids) AND ({IS_DUE})
    ORDER BY d.id FOR UPDATE OF d SKIP LOCKED
""")  # noqa: S608 - a constant

_MESSAGES = text("""
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


def claim(session: Session, ids: Sequence[UUID]) -> list[Mail]:
    """Take those of `ids` that are due and still should be sent; the others that are due are dropped."""
    rows = session.execute(_DUE, {"ids": list(ids)}).all()
    messages = _messages(session, rows)
    mails = [_mail(row, messages) for row in rows]
    dropped = {mail.id: reason for mail in mails if (reason := mail.reason_to_drop())}
    claimed = [mail for mail in mails if mail.id not in dropped]
    if dropped:
        session.execute(_DROP, {"ids": list(dropped), "reasons": list(dropped.values())})
    if claimed:
        session.execute(_CLAIM, {"ids": [mail.id for mail in claimed], "seconds": CLAIM_SECONDS})
    return claimed


def _messages(session: Session, rows: Sequence[AnyRow]) -> Mapping[str, AnyRow]:
    ids = [event["detail"].get("message_id") for row in rows for event in row.events]
    found = session.execute(_MESSAGES, {"ids": [message for message in ids if message]})
    return {str(row.id): row for row in found}


def _mail(row: AnyRow, messages: Mapping[str, AnyRow]) -> Mail:
    return Mail(
        id=row.id,
        attempt=row.attempts + 1,
        person_id=row.person_id,
        name=row.name,
        address=row.email,
        locale="en" if row.locale == "en" else "es",
        active=row.active,
        support=row.support,
        refused=row.refused,
        chosen=row.chosen,
        store_id=row.store_id,
        store=row.store,
        ticket_id=row.ticket_id,
        number=row.number,
        read_position=row.read_position,
        items=[_item(event, messages) for event in row.events],
        correlations=list(dict.fromkeys(filter(None, (event.get("correlation_id") for event in row.events)))),
    )


def _item(event: Mapping[str, Any], messages: Mapping[str, AnyRow]) -> Item:
    at = datetime.fromisoformat(event["at"])
    message = messages.get(str(event["detail"].get("message_id")))
    if message is None:
        return Item(event["event"], at, event["detail"])
    return Item(event["event"], at, event["detail"], message.name, message.body, message.position)
