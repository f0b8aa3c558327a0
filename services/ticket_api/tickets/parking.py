"""Parking subjects that got no unit: what was written is kept, and can be promoted later."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.ticket_api.tickets import batch_queries as queries
from shared.events import QuotaDenied, RatingParked


def park(session: Session, denied: Sequence[QuotaDenied]) -> list[RatingParked]:
    """Park each denied rating that still waits; returns what to tell."""
    ratings = {event.subject_id: event for event in denied if event.subject_kind == "rating"}
    parked = queries.park_ratings(session, {key: event.reason for key, event in ratings.items()})
    return [
        RatingParked(
            store_id=ratings[rating_id].store_id,
            correlation_id=ratings[rating_id].correlation_id,
            rating_id=rating_id,
            question_id=question_id,
            reason=ratings[rating_id].reason,
            actor_id=ratings[rating_id].actor_id,
        )
        for rating_id, question_id in parked.items()
    ]
