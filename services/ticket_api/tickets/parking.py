"""Parking generic tickets that got no unit: their text is stored, and they can be promoted later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.ticket_api.tickets import batch_queries
from services.ticket_api.tickets.rows import TicketKey, timeline_entry
from shared.db.bulk_insert import insert_rows
from shared.db.models import TimelineEntry, TimelineKind
from shared.messaging.events import QuotaDenied, TicketParked


def park_generic(session: Session, denied: Sequence[QuotaDenied], now: datetime) -> list[TicketParked]:
    """Park each denied generic ticket that is still pending; returns the events to publish."""
    denials = {event.subject_id: event for event in denied if event.subject_kind == "ticket"}
    parked = batch_queries.park_generic(session, {key: event.reason for key, event in denials.items()})
    entries = [
        timeline_entry(
            TimelineKind.PARKED,
            TicketKey(row.id, denials[row.id].store_id),
            denials[row.id].actor_id,
            now,
            detail={"reason": denials[row.id].reason},
        )
        for row in parked
    ]
    insert_rows(session, TimelineEntry, entries)
    return [
        TicketParked(
            store_id=denials[row.id].store_id,
            correlation_id=denials[row.id].correlation_id,
            ticket_id=row.id,
            number=row.number,
            actor_id=denials[row.id].actor_id,
            reason=denials[row.id].reason,
        )
        for row in parked
    ]
