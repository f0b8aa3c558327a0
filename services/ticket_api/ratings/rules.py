"""Rating an answer: always saved; a yellow or red one asks for a ticket, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.ticket_api.attachments.rules import Target, attach
from services.ticket_api.attachments.views import views_of_ratings
from services.ticket_api.ratings import queries
from services.ticket_api.ratings.views import RatingView
from services.ticket_api.tickets.locking import lock_of_rating
from services.ticket_api.tickets.verdicts import rerate
from shared.db.models import Outcome, Question, Rating, Verdict
from shared.errors import NotFound, RatingNotParked
from shared.http.auth.callers import Caller
from shared.ids import new_id
from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.unit_of_work import UnitOfWork
from shared.observability.correlation import current_correlation


def outcome_after(verdict: Verdict, before: Outcome) -> Outcome:
    """The outcome of a rating when its verdict is given, or given again.

    One that is pending or has its ticket keeps its outcome; otherwise yellow and red ask for a ticket (again)
    and green asks for nothing.
    """
    if before in {Outcome.PENDING, Outcome.TICKETED}:
        return before
    return Outcome.NONE if verdict is Verdict.CORRECT else Outcome.PENDING


def rate(
    work: UnitOfWork,
    caller: Caller,
    question_id: UUID,
    payload: Mapping[str, Any],
    now: datetime,
    locale: str,
) -> RatingView:
    """Save the verdict on a question's answer and ask for a ticket where it calls for one.

    `payload`: verdict, comment and attachment_ids. Raises `NotFound` and what attaching raises.
    """
    session = work.session
    question = queries.question(session, caller, question_id)
    if question is None:
        raise NotFound
    row = _first_rating(question, caller, payload["verdict"], payload["comment"], now)
    if queries.insert_first(session, row):
        rating, asks = Rating(**row), row["outcome"] is Outcome.PENDING
    else:
        rating, asks = _rate_again(work, caller, question, payload, now)
    if payload["attachment_ids"]:
        _attach(work, caller, rating, payload["attachment_ids"], now)
    if asks:
        _request_ticket(work, caller, rating)
    return _view(work, rating, locale)


def promote(work: UnitOfWork, caller: Caller, rating_id: UUID, locale: str) -> RatingView:
    """Ask again for the ticket of a parked rating. Raises `NotFound`, `RatingNotParked`."""
    rating: Rating | None = queries.lock(work.session, caller, rating_id)
    if rating is None:
        raise NotFound
    if rating.outcome is not Outcome.PARKED:
        raise RatingNotParked
    rating.outcome, rating.parked_reason = Outcome.PENDING, None
    _request_ticket(work, caller, rating, promoted=True)
    return _view(work, rating, locale)


def _first_rating(
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


def _rate_again(
    work: UnitOfWork, caller: Caller, question: Question, payload: Mapping[str, Any], now: datetime
) -> tuple[Rating, bool]:
    """Change the rating of `question`; returns it, and whether it asks for a ticket now."""
    rating = queries.lock_of_question(work.session, question.id)
    before, outcome = rating.verdict, outcome_after(payload["verdict"], rating.outcome)
    asks = outcome is Outcome.PENDING and rating.outcome is not Outcome.PENDING
    rating.verdict, rating.comment, rating.updated_at = payload["verdict"], payload["comment"], now
    rating.rated_answer = question.answer
    if outcome is not rating.outcome:
        rating.outcome, rating.parked_reason = outcome, None
    rerate(work, caller, rating, before, now)
    return rating, asks


def _attach(
    work: UnitOfWork, caller: Caller, rating: Rating, attachment_ids: list[UUID], now: datetime
) -> None:
    """Attach uploads to the rating, and to the ticket it led to; that one's first message stays as it was."""
    ticket = lock_of_rating(work.session, rating.id)
    target = Target(store_id=rating.store_id, rating_id=rating.id, ticket_id=ticket.id if ticket else None)
    attach(work.session, caller, attachment_ids, target, now)


def _request_ticket(work: UnitOfWork, caller: Caller, rating: Rating, *, promoted: bool = False) -> None:
    event = RatingUnitRequested(
        store_id=rating.store_id,
        correlation_id=current_correlation(),
        subject_id=rating.id,
        actor_id=caller.person_id,
        promoted=promoted,
    )
    work.publish([event])


def _view(work: UnitOfWork, rating: Rating, locale: str) -> RatingView:
    attachments = views_of_ratings(work.session, [rating.id], locale)
    return RatingView(
        id=rating.id,
        question_id=rating.question_id,
        verdict=rating.verdict,
        comment=rating.comment,
        outcome=rating.outcome,
        parked_reason=rating.parked_reason,
        rated_at=rating.rated_at,
        attachments=attachments.get(rating.id, []),
    )
