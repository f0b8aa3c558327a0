"""Questions as people see them: with their rating, and the ticket it led to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api import pagination
from services.ticket_api.attachments.views import View, views_of_ratings
from services.ticket_api.callers import Caller
from services.ticket_api.questions import queries
from services.ticket_api.questions.queries import QuestionRow
from shared.errors import NotFound
from shared.models import Question, Rating, Ticket

SCOPE = "questions"


def detail(session: Session, caller: Caller, question_id: UUID, locale: str) -> dict[str, Any]:
    """One question. Raises `NotFound`."""
    row = queries.one(session, caller, question_id)
    if row is None:
        raise NotFound
    return _views(session, [row], locale)[0]


def page(session: Session, caller: Caller, arguments: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """A page of questions, newest first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.page(session, caller, arguments, after, limit + 1)
    return pagination.page(_views(session, rows, locale), limit, SCOPE, by="asked_at")


def _views(session: Session, rows: Sequence[QuestionRow], locale: str) -> list[dict[str, Any]]:
    ratings = [rating.id for _, rating, _ in rows if rating is not None]
    attachments = views_of_ratings(session, ratings, locale)
    return [_view(*row, attachments) for row in rows]


def _view(
    question: Question, rating: Rating | None, ticket: Ticket | None, attachments: Mapping[UUID, list[View]]
) -> dict[str, Any]:
    return {
        "id": question.id,
        "store_id": question.store_id,
        "origin": question.origin,
        "product": question.product,
        "text": question.text,
        "answer": question.answer,
        "model": question.model,
        "sources": question.sources,
        "asked_at": question.asked_at,
        "rating": _rating_view(rating, ticket, attachments.get(rating.id, [])) if rating else None,
    }


def _rating_view(rating: Rating, ticket: Ticket | None, attachments: list[View]) -> dict[str, Any]:
    return {
        "id": rating.id,
        "verdict": rating.verdict,
        "comment": rating.comment,
        "rated_answer": rating.rated_answer,
        "outcome": rating.outcome,
        "parked_reason": rating.parked_reason,
        "rated_at": rating.rated_at,
        "attachments": attachments,
        "ticket": ticket and {"id": ticket.id, "number": ticket.number, "status": ticket.status},
    }
