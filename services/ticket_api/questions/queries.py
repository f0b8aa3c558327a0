"""Reading and recording questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, or_, select, tuple_
from sqlalchemy.orm import Session

from services.ticket_api.callers import Caller
from services.ticket_api.pagination import Position
from services.ticket_api.scope import visible
from shared.bulk import insert_rows
from shared.models import Origin, Question, Rating, Store, Ticket

QuestionRow = Row[Question, Rating | None, Ticket | None]


def unknown_stores(session: Session, store_ids: Collection[UUID]) -> set[UUID]:
    """Those of `store_ids` that are no store of ours."""
    return set(store_ids) - set(session.scalars(select(Store.id).where(Store.id.in_(store_ids))))


def insert(session: Session, questions: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Insert questions whose id is new; a known id is left as it is."""
    rows = [{**question, "recorded_at": now} for question in questions]
    insert_rows(session, Question, rows, "ON CONFLICT (id) DO NOTHING")


def one(session: Session, caller: Caller, question_id: UUID) -> QuestionRow | None:
    """A question that `caller` may see, with its rating and ticket."""
    return session.execute(_select(caller).where(Question.id == question_id)).one_or_none()


def page(
    session: Session, caller: Caller, filters: Mapping[str, Any], after: Position | None, limit: int
) -> Sequence[QuestionRow]:
    """Questions newest first, after `after`, by `origin`, `rated` and text `q`; at most `limit`."""
    statement = _select(caller).order_by(Question.asked_at.desc(), Question.id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(Question.asked_at, Question.id) < (after.at, after.id))
    origin: Origin | None = filters.get("origin")
    if origin is not None:
        statement = statement.where(Question.origin == origin)
    rated: bool | None = filters.get("rated")
    if rated is not None:
        statement = statement.where(Rating.id.is_not(None) if rated else Rating.id.is_(None))
    words: str | None = filters.get("q")
    if words is not None:
        statement = statement.where(
            or_(
                Question.text.icontains(words, autoescape=True),
                Question.answer.icontains(words, autoescape=True),
                Question.product.icontains(words, autoescape=True),
            )
        )
    return session.execute(statement).all()


def _select(caller: Caller) -> Select[Question, Rating | None, Ticket | None]:
    statement = (
        select(Question, Rating, Ticket)
        .outerjoin(Rating, Rating.question_id == Question.id)
        .outerjoin(Ticket, Ticket.rating_id == Rating.id)
    )
    return visible(statement, Question, caller)
