"""What opening and parking read and write, a statement for a whole batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Row, select, text, update
from sqlalchemy.orm import Session

from shared.db.bulk_insert import insert_rows
from shared.db.models import Outcome, Rating, Ticket, TicketCounter, Verdict


class RatingToOpen(NamedTuple):
    """What a ticket takes over from its rating."""

    id: UUID
    store_id: UUID
    question_id: UUID
    verdict: Verdict
    comment: str
    rated_by: UUID


# In the order of stores, so that two batches cannot wait for each other.
_COUNT_UP = """
    ORDER BY store_id
    ON CONFLICT (store_id) DO UPDATE SET last_number = ticket_counters.last_number + excluded.last_number
    RETURNING store_id, last_number
"""


def ratings_without_ticket(session: Session, rating_ids: Sequence[UUID]) -> list[RatingToOpen]:
    """Those of `rating_ids` that still wait for their ticket, locked, in the order they were rated."""
    if not rating_ids:
        return []
    rows = session.execute(
        select(
            Rating.id, Rating.store_id, Rating.question_id, Rating.verdict, Rating.comment, Rating.rated_by
        )
        .where(Rating.id.in_(rating_ids), ~select(Ticket.id).where(Ticket.rating_id == Rating.id).exists())
        .order_by(Rating.id)
        .with_for_update(of=Rating)
    )
    return [RatingToOpen(*row) for row in rows]


def take_numbers(session: Session, counts: Mapping[UUID, int]) -> dict[UUID, list[int]]:
    """The next `counts[store]` ticket numbers of each store, highest first so that `pop()` counts up."""
    wanted = [{"store_id": store, "last_number": count} for store, count in counts.items()]
    taken = insert_rows(session, TicketCounter, wanted, _COUNT_UP)
    if taken is None:
        return {}
    last = {row.store_id: row.last_number for row in taken}
    return {store: list(range(last[store], last[store] - count, -1)) for store, count in counts.items()}


def mark_ticketed(session: Session, rating_ids: Sequence[UUID]) -> None:
    """Note on the ratings that their wish was granted."""
    if not rating_ids:
        return
    session.execute(
        update(Rating)
        .where(Rating.id.in_(rating_ids))
        .values(outcome=Outcome.TICKETED, parked_reason=None)
        .execution_options(synchronize_session=False)
    )


_PARK_RATINGS = text("""
    UPDATE ratings r SET outcome = 'parked', parked_reason = denied.reason
    FROM unnest(CAST(:ids AS uuid[]), CAST(:reasons AS text[])) AS denied (id, reason)
    WHERE r.id = denied.id AND r.outcome = 'pending'
    RETURNING r.id, r.question_id
""")


def park_ratings(session: Session, reasons: Mapping[UUID, str]) -> dict[UUID, UUID]:
    """Park the ratings of `reasons` that still wait; returns the question of each that was parked."""
    if not reasons:
        return {}
    parked = session.execute(_PARK_RATINGS, {"ids": list(reasons), "reasons": list(reasons.values())})
    return {row.id: row.question_id for row in parked}


_OPEN_GENERIC = text("""
    UPDATE tickets SET status = 'open', version = version + 1, last_activity_at = :now
    WHERE id = ANY(:ids) AND status = 'pending'
    RETURNING id, number
""")

_PARK_GENERIC = text("""
    UPDATE tickets t SET status = 'parked', parked_reason = denied.reason, version = t.version + 1
    FROM unnest(CAST(:ids AS uuid[]), CAST(:reasons AS text[])) AS denied (id, reason)
    WHERE t.id = denied.id AND t.status = 'pending'
    RETURNING t.id, t.number
""")


def open_generic(session: Session, ticket_ids: Sequence[UUID], now: datetime) -> Sequence[Row[UUID, int]]:
    """Open the generic tickets of `ticket_ids` that still wait; returns id and number of each."""
    if not ticket_ids:
        return []
    return session.execute(_OPEN_GENERIC, {"ids": list(ticket_ids), "now": now}).all()


def park_generic(session: Session, reasons: Mapping[UUID, str]) -> Sequence[Row[UUID, int]]:
    """Park the generic tickets of `reasons` that still wait; returns id and number of each."""
    if not reasons:
        return []
    return session.execute(_PARK_GENERIC, {"ids": list(reasons), "reasons": list(reasons.values())}).all()
