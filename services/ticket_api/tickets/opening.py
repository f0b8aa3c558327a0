"""Opening tickets for subjects that hold a unit: all of a batch in a handful of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.tickets import batch_queries as queries
from services.ticket_api.tickets.batch_queries import RatingToOpen
from shared.bulk import insert_rows
from shared.events import QuotaGranted, TicketOpened
from shared.identifiers import new_id
from shared.models import (
    Message,
    Ticket,
    TicketKind,
    TicketStatus,
    TimelineEntry,
    TimelineKind,
)


def open_tickets(session: Session, granted: Sequence[QuotaGranted], now: datetime) -> list[TicketOpened]:
    """Make one ticket for each granted rating that has none yet; returns what to tell.

    A subject granted twice, in this batch or an earlier one, gets nothing more.
    """
    causes = {event.subject_id: event for event in granted if event.subject_kind == "rating"}
    ratings = queries.ratings_without_ticket(session, list(causes))
    numbers = queries.take_numbers(session, Counter(rating.store_id for rating in ratings))
    tickets = [_ticket(rating, numbers, now) for rating in ratings]
    insert_rows(session, Ticket, tickets)
    insert_rows(session, Message, list(_first_messages(tickets, ratings, now)))
    insert_rows(session, TimelineEntry, [_opened_entry(ticket, now) for ticket in tickets])
    queries.mark_ticketed(session, [rating.id for rating in ratings])
    return [
        TicketOpened(
            store_id=ticket["store_id"],
            correlation_id=causes[ticket["rating_id"]].correlation_id,
            ticket_id=ticket["id"],
            number=ticket["number"],
            actor_id=ticket["opened_by"],
        )
        for ticket in tickets
    ]


def _ticket(rating: RatingToOpen, last_numbers: Mapping[UUID, list[int]], now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "store_id": rating.store_id,
        "number": last_numbers[rating.store_id].pop(),
        "kind": TicketKind.QUESTION.value,
        "verdict": rating.verdict,
        "status": TicketStatus.OPEN.value,
        "rating_id": rating.id,
        "question_id": rating.question_id,
        "opened_by": rating.rated_by,
        "last_position": 1,
        "public_position": 1,
        "version": 1,
        "created_at": now,
        "last_activity_at": now,
    }


def _first_messages(
    tickets: Iterable[Mapping[str, Any]], ratings: Iterable[RatingToOpen], now: datetime
) -> Iterable[dict[str, Any]]:
    """The comment of a rating begins the conversation."""
    for ticket, rating in zip(tickets, ratings, strict=True):
        if rating.comment:
            yield {
                "id": new_id(),
                "ticket_id": ticket["id"],
                "store_id": ticket["store_id"],
                "position": 1,
                "author_id": rating.rated_by,
                "from_support": False,
                "internal": False,
                "body": rating.comment,
                "created_at": now,
            }


def _opened_entry(ticket: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "ticket_id": ticket["id"],
        "store_id": ticket["store_id"],
        "kind": TimelineKind.OPENED.value,
        "actor_id": ticket["opened_by"],
        "internal": False,
        "detail": {},
        "created_at": now,
    }
