"""Questions as people see them: with their rating, and the ticket it led to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments.views import View, views_of_ratings
from services.ticket_api.questions import queries
from services.ticket_api.questions.queries import QuestionRow
from shared.errors import NotFound
from shared.http import pagination
from shared.http.auth.callers import Caller

SCOPE = "questions"

_RATING_ID, _PICTURED = 9, 16
"""Where these stand in a question's row."""


def detail(session: Session, caller: Caller, question_id: UUID, locale: str) -> dict[str, Any]:
    """One question. Raises `NotFound`."""
    row = queries.one(session, caller, question_id)
    if row is None:
        raise NotFound
    return view(session, row, locale)


def view(session: Session, row: QuestionRow, locale: str) -> dict[str, Any]:
    """A question's row as it is shown."""
    return _views(session, [row], locale)[0]


def page(session: Session, caller: Caller, arguments: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """A page of questions, newest first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.page(session, caller, arguments, after, limit + 1)
    return pagination.page(_views(session, rows, locale), limit, SCOPE, by="asked_at")


def _views(session: Session, rows: Sequence[QuestionRow], locale: str) -> list[dict[str, Any]]:
    pictured = [row[_RATING_ID] for row in rows if row[_PICTURED]]
    attachments = views_of_ratings(session, pictured, locale)
    return [_view(row, attachments) for row in rows]


def _view(row: QuestionRow, attachments: Mapping[UUID, list[View]]) -> dict[str, Any]:
    """A row as it is shown; taken apart in the order of its columns, since by name takes far longer."""
    id_, store_id, origin, product, text, answer, model, sources, asked_at = row[:9]
    rating = row[9:]
    return {
        "id": id_,
        "store_id": store_id,
        "origin": origin,
        "product": product,
        "text": text,
        "answer": answer,
        "model": model,
        "sources": sources,
        "asked_at": asked_at,
        "rating": _rating_view(rating, attachments.get(rating[0], [])) if rating[0] else None,
    }


def _rating_view(row: Sequence[Any], attachments: list[View]) -> dict[str, Any]:
    id_, verdict, comment, rated_answer, outcome, reason, rated_at, _, ticket_id, number, status = row
    return {
        "id": id_,
        "verdict": verdict,
        "comment": comment,
        "rated_answer": rated_answer,
        "outcome": outcome,
        "parked_reason": reason,
        "rated_at": rated_at,
        "attachments": attachments,
        "ticket": {"id": ticket_id, "number": number, "status": status} if ticket_id else None,
    }
