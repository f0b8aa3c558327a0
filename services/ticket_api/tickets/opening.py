"""Opening tickets for subjects that hold a unit: all of a batch in a handful of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments import queries as attachments
from services.ticket_api.tickets import batch_queries
from services.ticket_api.tickets.batch_queries import RatingToOpen
from services.ticket_api.tickets.word_index import index_words
from shared.db.bulk_insert import insert_rows
from shared.db.models import Message, Ticket, TicketKind, TicketStatus, TimelineEntry, TimelineKind, Verdict
from shared.ids import new_id
from shared.messaging.events import QuotaGranted, TicketEvent, TicketOpened, TicketPromoted


class Opened(NamedTuple):
    """A ticket that was opened, and the subject that held its unit."""

    subject_id: UUID
    ticket_id: UUID
    number: int


def open_tickets(session: Session, granted: Sequence[QuotaGranted], now: datetime) -> list[TicketEvent]:
    """Open the ticket of each granted subject that has none open yet; returns what to tell.

    A subject granted twice, in this batch or an earlier one, gets nothing more.
    """
    causes = {event.subject_id: event for event in granted}
    of_ratings = _make_for_ratings(
        session, [event.subject_id for event in granted if event.subject_kind == "rating"], now
    )
    generic = batch_queries.open_generic(
        session, [event.subject_id for event in granted if event.subject_kind == "ticket"], now
    )
    opened = [
        *(Opened(row["rating_id"], row["id"], row["number"]) for row in of_ratings),
        *(Opened(row.id, row.id, row.number) for row in generic),
    ]
    insert_rows(session, TimelineEntry, [_entry(line, causes[line.subject_id], now) for line in opened])
    return [_event(line, causes[line.subject_id]) for line in opened]


def _make_for_ratings(session: Session, rating_ids: Sequence[UUID], now: datetime) -> list[dict[str, Any]]:
    ratings = batch_queries.ratings_without_ticket(session, rating_ids)
    numbers = batch_queries.take_numbers(session, Counter(rating.store_id for rating in ratings))
    tickets = [_ticket(rating, numbers, now) for rating in ratings]
    insert_rows(session, Ticket, tickets)
    pictured = attachments.pictured(session, [rating.id for rating in ratings])
    messages = list(_first_messages(tickets, ratings, pictured, now))
    insert_rows(session, Message, messages)
    ratings_of = {ticket["id"]: ticket["rating_id"] for ticket in tickets}
    attachments.hand_over(
        session,
        [
            (ratings_of[message["ticket_id"]], message["ticket_id"], message["id"])
            for message in messages
            if ratings_of[message["ticket_id"]] in pictured
        ],
    )
    index_words(session, [ticket["id"] for ticket in tickets])
    batch_queries.mark_ticketed(session, [rating.id for rating in ratings])
    return tickets


def _ticket(rating: RatingToOpen, numbers: Mapping[UUID, list[int]], now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "store_id": rating.store_id,
        "number": numbers[rating.store_id].pop(),
        "kind": TicketKind.QUESTION.value,
        # Turned green while it waited: the wish stands, and no ticket is green.
        "verdict": Verdict.IMPROVABLE if rating.verdict is Verdict.CORRECT else rating.verdict,
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
    tickets: Iterable[Mapping[str, Any]],
    ratings: Iterable[RatingToOpen],
    pictured: Collection[UUID],
    now: datetime,
) -> Iterable[dict[str, Any]]:
    """The comment of a rating, or its pictures, begin the conversation."""
    for ticket, rating in zip(tickets, ratings, strict=True):
        if rating.comment or rating.id in pictured:
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


def _entry(line: Opened, cause: QuotaGranted, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "ticket_id": line.ticket_id,
        "store_id": cause.store_id,
        "kind": (TimelineKind.PROMOTED if cause.promoted else TimelineKind.OPENED).value,
        "internal": False,
        "actor_id": cause.actor_id,
        "detail": {},
        "created_at": now,
    }


def _event(line: Opened, cause: QuotaGranted) -> TicketEvent:
    return (TicketPromoted if cause.promoted else TicketOpened)(
        store_id=cause.store_id,
        correlation_id=cause.correlation_id,
        ticket_id=line.ticket_id,
        number=line.number,
        actor_id=cause.actor_id,
    )
