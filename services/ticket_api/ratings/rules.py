"""Rating an answer: always saved; a yellow or red one asks for a ticket, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments.rules import Target, tie
from services.ticket_api.attachments.views import views_of_ratings
from services.ticket_api.ratings import queries
from services.ticket_api.tickets.word_index import index_words
from shared.db.bulk_insert import insert_rows
from shared.db.models import Outcome, Question, Rating, Ticket, TimelineEntry, TimelineKind, Verdict
from shared.errors import NotFound, RatingNotParked
from shared.http.auth.callers import Caller
from shared.ids import new_id
from shared.messaging.events import RatingRecorded
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import current_correlation


def outcome_after(verdict: Verdict, before: Outcome) -> Outcome:
    """What becomes of a rating's wish when the verdict is given (again).

    One that waits or has its ticket keeps it; otherwise yellow and red ask (anew), green asks nothing.
    """
    if before in {Outcome.PENDING, Outcome.TICKETED}:
        return before
    return Outcome.NONE if verdict is Verdict.CORRECT else Outcome.PENDING


def rate(
    session: Session,
    caller: Caller,
    question_id: UUID,
    payload: Mapping[str, Any],
    now: datetime,
    locale: str,
) -> dict[str, Any]:
    """Save the verdict on a question's answer and ask for a ticket where it calls for one.

    `payload`: verdict, comment and attachment_ids. Raises `NotFound` and what attaching raises.
    """
    question = queries.question(session, caller, question_id)
    if question is None:
        raise NotFound
    verdict: Verdict = payload["verdict"]
    rating = _first(question, caller, verdict, payload["comment"], now)
    if queries.insert_first(session, rating):
        asks = rating["outcome"] == Outcome.PENDING
    else:
        rating, asks = _again(session, caller, question, payload, now)
    _tie(session, caller, question.store_id, rating["id"], payload["attachment_ids"], now)
    if asks:
        _ask(session, caller, question.store_id, rating["id"])
    return _with_attachments(session, rating, locale)


def promote(session: Session, caller: Caller, rating_id: UUID, locale: str) -> dict[str, Any]:
    """Ask again for a parked rating. Raises `NotFound`, `RatingNotParked`."""
    rating = queries.lock(session, caller, rating_id)
    if rating is None:
        raise NotFound
    if rating.outcome is not Outcome.PARKED:
        raise RatingNotParked
    rating.outcome, rating.parked_reason = Outcome.PENDING, None
    _ask(session, caller, rating.store_id, rating.id, promoted=True)
    return _with_attachments(session, _view(rating), locale)


def _first(
    question: Question, caller: Caller, verdict: Verdict, comment: str, now: datetime
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "store_id": question.store_id,
        "question_id": question.id,
        "verdict": verdict,
        "comment": comment,
        "rated_answer": question.answer,
        "rated_by": caller.person_id,
        "outcome": outcome_after(verdict, Outcome.NONE),
        "parked_reason": None,
        "rated_at": now,
        "updated_at": now,
    }


def _again(
    session: Session, caller: Caller, question: Question, payload: Mapping[str, Any], now: datetime
) -> tuple[dict[str, Any], bool]:
    rating = queries.lock_of_question(session, question.id)
    before, outcome = rating.verdict, outcome_after(payload["verdict"], rating.outcome)
    asks = outcome is Outcome.PENDING and rating.outcome is not Outcome.PENDING
    rating.verdict, rating.comment, rating.updated_at = payload["verdict"], payload["comment"], now
    rating.rated_answer = question.answer
    if outcome is not rating.outcome:
        rating.outcome, rating.parked_reason = outcome, None
    ticket = queries.ticket_of(session, rating.id)
    if ticket is not None:
        _note_on_ticket(session, caller, ticket, before, rating, now)
    return _view(rating), asks


def _note_on_ticket(
    session: Session, caller: Caller, ticket: Ticket, before: Verdict, rating: Rating, now: datetime
) -> None:
    """The ticket's timeline tells of the new verdict; its colour follows a yellow or red one."""
    if rating.verdict is not Verdict.CORRECT:
        ticket.verdict = rating.verdict
    entry = {
        "id": new_id(),
        "ticket_id": ticket.id,
        "store_id": ticket.store_id,
        "kind": TimelineKind.RERATED,
        "internal": False,
        "actor_id": caller.person_id,
        "detail": {"from": before, "to": rating.verdict, "comment": rating.comment},
        "created_at": now,
    }
    insert_rows(session, TimelineEntry, [entry])
    session.flush()
    # The answer that was rated may be another one by now.
    index_words(session, [ticket.id])


def _tie(
    session: Session,
    caller: Caller,
    store_id: UUID,
    rating_id: UUID,
    attachment_ids: list[UUID],
    now: datetime,
) -> None:
    if not attachment_ids:
        return
    # Rated again: the ticket there is gets them too. Its first message stays what it was.
    ticket = queries.ticket_of(session, rating_id)
    target = Target(store_id=store_id, rating_id=rating_id, ticket_id=ticket.id if ticket else None)
    tie(session, caller, attachment_ids, target, now)


def _with_attachments(session: Session, view: dict[str, Any], locale: str) -> dict[str, Any]:
    attachments = views_of_ratings(session, [view["id"]], locale)
    return view | {"attachments": attachments.get(view["id"], [])}


def _ask(
    session: Session, caller: Caller, store_id: UUID, rating_id: UUID, *, promoted: bool = False
) -> None:
    event = RatingRecorded(
        store_id=store_id,
        correlation_id=current_correlation(),
        subject_id=rating_id,
        actor_id=caller.person_id,
        promoted=promoted,
    )
    publish(session, [event])


def _view(rating: Rating) -> dict[str, Any]:
    return {
        "id": rating.id,
        "question_id": rating.question_id,
        "verdict": rating.verdict,
        "comment": rating.comment,
        "outcome": rating.outcome,
        "parked_reason": rating.parked_reason,
        "rated_at": rating.rated_at,
    }
