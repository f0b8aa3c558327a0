"""What became of the request for a ticket that a yellow or red rating makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from shared.db.models import Outcome, Rating
from shared.messaging.events import QuotaDenied, RatingParked

_PARK = text("""
    UPDATE ratings r SET outcome = 'parked', parked_reason = denied.reason
    FROM unnest(CAST(:ids AS uuid[]), CAST(:reasons AS text[])) AS denied (id, reason)
    WHERE r.id = denied.id AND r.outcome = 'pending'
    RETURNING r.id, r.question_id
""")


def mark_ticketed(session: Session, rating_ids: Sequence[UUID]) -> None:
    """Record that these ratings have their ticket."""
    if rating_ids:
        session.execute(
            update(Rating)
            .where(Rating.id.in_(rating_ids))
            .values(outcome=Outcome.TICKETED, parked_reason=None)
            .execution_options(synchronize_session=False)
        )


def park(session: Session, denied: Sequence[QuotaDenied]) -> list[RatingParked]:
    """Park each denied rating that is still pending; returns the events to publish."""
    denials = {event.subject_id: event for event in denied if event.subject_kind == "rating"}
    parked = _park(session, {key: event.reason for key, event in denials.items()})
    return [
        RatingParked(
            store_id=denials[rating_id].store_id,
            correlation_id=denials[rating_id].correlation_id,
            rating_id=rating_id,
            question_id=question_id,
            reason=denials[rating_id].reason,
            actor_id=denials[rating_id].actor_id,
        )
        for rating_id, question_id in parked.items()
    ]


def _park(session: Session, reasons: Mapping[UUID, str]) -> dict[UUID, UUID]:
    """Park the pending ratings among `reasons`; returns the question of each that was parked."""
    if not reasons:
        return {}
    rows = session.execute(_PARK, {"ids": list(reasons), "reasons": list(reasons.values())})
    return {row.id: row.question_id for row in rows}
