"""Parking subjects that got no unit: what was written is kept, and can be promoted later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.tickets import batch_queries
from shared.db.bulk_insert import insert_rows
from shared.db.models import TimelineEntry, TimelineKind
from shared.ids import new_id
from shared.messaging.events import Event, QuotaDenied, RatingParked, TicketParked


def park(session: Session, denied: Sequence[QuotaDenied], now: datetime) -> list[Event]:
    """Park each denied subject that still waits; returns what to tell."""
    ratings = {event.subject_id: event for event in denied if event.subject_kind == "rating"}
    generic = {event.subject_id: event for event in denied if event.subject_kind == "ticket"}
    return [*_park_ratings(session, ratings), *_park_generic(session, generic, now)]


def _park_ratings(session: Session, denied: dict[UUID, QuotaDenied]) -> list[Event]:
    parked = batch_queries.park_ratings(session, {key: event.reason for key, event in denied.items()})
    return [
        RatingParked(
            store_id=denied[rating_id].store_id,
            correlation_id=denied[rating_id].correlation_id,
            rating_id=rating_id,
            question_id=question_id,
            reason=denied[rating_id].reason,
            actor_id=denied[rating_id].actor_id,
        )
        for rating_id, question_id in parked.items()
    ]


def _park_generic(session: Session, denied: dict[UUID, QuotaDenied], now: datetime) -> list[Event]:
    parked = batch_queries.park_generic(session, {key: event.reason for key, event in denied.items()})
    entries = [
        {
            "id": new_id(),
            "ticket_id": row.id,
            "store_id": denied[row.id].store_id,
            "kind": TimelineKind.PARKED.value,
            "internal": False,
            "actor_id": denied[row.id].actor_id,
            "detail": {"reason": denied[row.id].reason},
            "created_at": now,
        }
        for row in parked
    ]
    insert_rows(session, TimelineEntry, entries)
    return [
        TicketParked(
            store_id=denied[row.id].store_id,
            correlation_id=denied[row.id].correlation_id,
            ticket_id=row.id,
            number=row.number,
            actor_id=denied[row.id].actor_id,
            reason=denied[row.id].reason,
        )
        for row in parked
    ]
