"""Opening tickets for subjects that hold a unit: all of a batch in a handful of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments import queries as attachments
from services.ticket_api.tickets import batch_queries
from services.ticket_api.tickets.batch_queries import RatingToOpen
from services.ticket_api.tickets.rows import FIRST_POSITION, Author, Row, TicketKey, message, timeline_entry
from services.ticket_api.tickets.word_index import index_words
from shared.db.bulk_insert import insert_rows
from shared.db.models import Message, Ticket, TicketKind, TicketStatus, TimelineEntry, TimelineKind, Verdict
from shared.ids import new_id
from shared.messaging.events import QuotaGranted, TicketEvent, TicketOpened, TicketPromoted


class OpenedTickets(NamedTuple):
    """The ratings that have their ticket now, and the events to publish."""

    rating_ids: list[UUID]
    events: list[TicketEvent]


class _Opened(NamedTuple):
    subject_id: UUID
    ticket_id: UUID
    number: int


def open_tickets(session: Session, granted: Sequence[QuotaGranted], now: datetime) -> OpenedTickets:
    """Open the ticket of each granted subject that has none open yet.

    A subject granted twice, in this batch or an earlier one, gets nothing more.
    """
    grants = {event.subject_id: event for event in granted}
    of_ratings = _create_for_ratings(
        session, [event.subject_id for event in granted if event.subject_kind == "rating"], now
    )
    generic = batch_queries.open_generic(
        session, [event.subject_id for event in granted if event.subject_kind == "ticket"], now
    )
    opened = [
        *(_Opened(row["rating_id"], row["id"], row["number"]) for row in of_ratings),
        *(_Opened(row.id, row.id, row.number) for row in generic),
    ]
    insert_rows(session, TimelineEntry, [_entry(line, grants[line.subject_id], now) for line in opened])
    return OpenedTickets(
        rating_ids=[row["rating_id"] for row in of_ratings],
        events=[_event(line, grants[line.subject_id]) for line in opened],
    )


def _create_for_ratings(session: Session, rating_ids: Sequence[UUID], now: datetime) -> list[Row]:
    ratings = batch_queries.ratings_without_ticket(session, rating_ids)
    numbers = batch_queries.take_numbers(session, Counter(rating.store_id for rating in ratings))
    tickets = [_ticket(rating, numbers, now) for rating in ratings]
    insert_rows(session, Ticket, tickets)
    with_pictures = attachments.ratings_with_pictures(session, [rating.id for rating in ratings])
    messages = list(_first_messages(tickets, ratings, with_pictures, now))
    insert_rows(session, Message, messages)
    rating_of = {ticket["id"]: ticket["rating_id"] for ticket in tickets}
    attachments.attach_to_first_messages(
        session,
        [
            (rating_of[row["ticket_id"]], row["ticket_id"], row["id"])
            for row in messages
            if rating_of[row["ticket_id"]] in with_pictures
        ],
    )
    index_words(session, [ticket["id"] for ticket in tickets])
    return tickets


def _ticket(rating: RatingToOpen, numbers: Mapping[UUID, list[int]], now: datetime) -> Row:
    return {
        "id": new_id(),
        "store_id": rating.store_id,
        "number": numbers[rating.store_id].pop(),
        "kind": TicketKind.QUESTION.value,
        # Rated green while it was pending: the request stands, and no ticket is green.
        "verdict": Verdict.IMPROVABLE if rating.verdict is Verdict.CORRECT else rating.verdict,
        "status": TicketStatus.OPEN.value,
        "rating_id": rating.id,
        "question_id": rating.question_id,
        "opened_by": rating.rated_by,
        "last_position": FIRST_POSITION,
        "public_position": FIRST_POSITION,
        "version": 1,
        "created_at": now,
        "last_activity_at": now,
    }


def _first_messages(
    tickets: Iterable[Row], ratings: Iterable[RatingToOpen], with_pictures: Collection[UUID], now: datetime
) -> Iterable[Row]:
    """A rating's comment, or its pictures alone, begin the conversation; without both it begins empty."""
    for ticket, rating in zip(tickets, ratings, strict=True):
        if rating.comment or rating.id in with_pictures:
            key = TicketKey(ticket["id"], ticket["store_id"])
            yield message(rating.comment, key, Author(rating.rated_by), now)


def _entry(opened: _Opened, grant: QuotaGranted, now: datetime) -> Row:
    kind = TimelineKind.PROMOTED if grant.promoted else TimelineKind.OPENED
    return timeline_entry(kind, TicketKey(opened.ticket_id, grant.store_id), grant.actor_id, now)


def _event(opened: _Opened, grant: QuotaGranted) -> TicketEvent:
    return (TicketPromoted if grant.promoted else TicketOpened)(
        store_id=grant.store_id,
        correlation_id=grant.correlation_id,
        ticket_id=opened.ticket_id,
        number=opened.number,
        actor_id=grant.actor_id,
    )
