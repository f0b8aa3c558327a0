"""What opening and parking tickets read and write, one statement for a whole batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from shared.db.bulk_insert import insert_rows
from shared.db.models import Rating, Ticket, TicketCounter, Verdict
from shared.db.rows import read_as


class RatingToOpen(NamedTuple):
    """What a ticket takes over from its rating."""

    id: UUID
    store_id: UUID
    question_id: UUID
    verdict: Verdict
    comment: str
    rated_by: UUID


# In the order of stores, so that two batches never deadlock.
_COUNT_UP = """
    ORDER BY store_id
    ON CONFLICT (store_id) DO UPDATE SET last_number = ticket_counters.last_number + excluded.last_number
    RETURNING store_id, last_number
"""


def ratings_without_ticket(session: Session, rating_ids: Sequence[UUID]) -> list[RatingToOpen]:
    """Lock those of `rating_ids` that have no ticket yet; in the order they were rated."""
    if not rating_ids:
        return []
    rows = session.execute(
        select(
            Rating.id, Rating.store_id, Rating.question_id, Rating.verdict, Rating.comment, Rating.rated_by
        )
        .where(Rating.id.in_(rating_ids), ~select(Ticket.id).where(Ticket.rating_id == Rating.id).exists())
        .order_by(Rating.id)
        .with_for_update(of=Rating, key_share=True)
    )
    return read_as(RatingToOpen, rows)


def take_numbers(session: Session, counts: Mapping[UUID, int]) -> dict[UUID, list[int]]:
    """The next `counts[store]` ticket numbers of each store, highest first so that `pop()` counts up."""
    rows = [{"store_id": store, "last_number": count} for store, count in counts.items()]
    taken = insert_rows(session, TicketCounter, rows, _COUNT_UP)
    if taken is None:
        return {}
    last = {row.store_id: row.last_number for row in taken}
    return {store: list(range(last[store], last[store] - count, -1)) for store, count in counts.items()}


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
    """Open the pending generic tickets of `ticket_ids`; returns id and number of each."""
    if not ticket_ids:
        return []
    return session.execute(_OPEN_GENERIC, {"ids": list(ticket_ids), "now": now}).all()


def park_generic(session: Session, reasons: Mapping[UUID, str]) -> Sequence[Row[UUID, int]]:
    """Park the pending generic tickets of `reasons`; returns id and number of each."""
    if not reasons:
        return []
    return session.execute(_PARK_GENERIC, {"ids": list(reasons), "reasons": list(reasons.values())}).all()
