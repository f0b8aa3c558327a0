"""Questions as people see them: with their rating, and the ticket it led to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api import pagination
from services.ticket_api.callers import Caller
from services.ticket_api.questions import queries
from shared.errors import NotFound
from shared.models import Question, Rating, Ticket

SCOPE = "questions"


def detail(session: Session, caller: Caller, question_id: UUID) -> dict[str, Any]:
    """One question. Raises `NotFound`."""
    row = queries.one(session, caller, question_id)
    if row is None:
        raise NotFound
    return _view(*row)


def page(session: Session, caller: Caller, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A page of questions, newest first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.page(session, caller, arguments, after, limit + 1)
    return pagination.page([_view(*row) for row in rows], limit, SCOPE, by="asked_at")


def _view(question: Question, rating: Rating | None, ticket: Ticket | None) -> dict[str, Any]:
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
        "rating": _rating_view(rating, ticket) if rating else None,
    }


def _rating_view(rating: Rating, ticket: Ticket | None) -> dict[str, Any]:
    return {
        "id": rating.id,
        "verdict": rating.verdict,
        "comment": rating.comment,
        "rated_answer": rating.rated_answer,
        "outcome": rating.outcome,
        "parked_reason": rating.parked_reason,
        "rated_at": rating.rated_at,
        "ticket": ticket and {"id": ticket.id, "number": ticket.number, "status": ticket.status},
    }
