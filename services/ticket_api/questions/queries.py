"""Reading and recording questions."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, bindparam, or_, select, tuple_
from sqlalchemy.orm import Session

from shared.db.bulk_insert import insert_rows
from shared.db.columns import enum_as_text
from shared.db.models import Attachment, Origin, Question, Rating, Store, Ticket
from shared.db.rows import read_as
from shared.http.auth.callers import Caller
from shared.http.auth.store_scope import store_bind_values, visible, visible_to
from shared.http.pagination import Position


class QuestionRow(msgspec.Struct, frozen=True):
    """A question with its rating and ticket; without a rating, all fields from `rating_id` on are empty.

    `has_pictures`: the attachments of the rating are to be read, too.
    """

    id: UUID
    store_id: UUID
    origin: str
    product: str | None
    text: str
    answer: str
    model: str | None
    sources: list[dict[str, Any]]
    asked_at: datetime
    rating_id: UUID | None
    verdict: str
    comment: str
    rated_answer: str
    outcome: str
    parked_reason: str | None
    rated_at: datetime
    has_pictures: bool
    ticket_id: UUID | None
    number: int
    status: str


def unknown_stores(session: Session, store_ids: Collection[UUID]) -> set[UUID]:
    """Those of `store_ids` that are no store of ours."""
    return set(store_ids) - set(session.scalars(select(Store.id).where(Store.id.in_(store_ids))))


def insert(session: Session, questions: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Insert questions whose id is new; a known id is left as it is."""
    rows = [{**question, "recorded_at": now} for question in questions]
    insert_rows(session, Question, rows, "ON CONFLICT (id) DO NOTHING")


def one(session: Session, caller: Caller, question_id: UUID) -> QuestionRow | None:
    """A question that `caller` may see, with its rating and ticket."""
    values = {"id": question_id} | store_bind_values(caller)
    rows = read_as(QuestionRow, session.connection().execute(_one(caller.is_support), values))
    return rows[0] if rows else None


def question_with_rating(question_id: ColumnElement[UUID], support: bool) -> Select[*tuple[Any, ...]]:
    """A question with its rating and ticket, of the store bound as `:store_id` unless for support.

    Its columns are the fields of `QuestionRow`.
    """
    return visible_to(support, _SELECT.where(Question.id == question_id), Question)


def page(
    session: Session, caller: Caller, filters: Mapping[str, Any], after: Position | None, limit: int
) -> list[QuestionRow]:
    """Questions newest first, after `after`, by `origin`, `rated` and text `q`; at most `limit`."""
    statement = visible(_SELECT, Question, caller)
    statement = statement.order_by(Question.asked_at.desc(), Question.id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(Question.asked_at, Question.id) < (after.sort_value, after.id))
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
    return read_as(QuestionRow, session.connection().execute(statement))


_COLUMNS = (
    Question.id,
    Question.store_id,
    enum_as_text(Question.origin),
    Question.product,
    Question.text,
    Question.answer,
    Question.model,
    Question.sources,
    Question.asked_at,
    Rating.id.label("rating_id"),
    enum_as_text(Rating.verdict),
    Rating.comment,
    Rating.rated_answer,
    enum_as_text(Rating.outcome),
    enum_as_text(Rating.parked_reason),
    Rating.rated_at,
    # Few ratings have pictures: those of the others are not asked for.
    select(Attachment.id).where(Attachment.rating_id == Rating.id).exists().label("has_pictures"),
    Ticket.id.label("ticket_id"),
    Ticket.number,
    enum_as_text(Ticket.status),
)
_SELECT: Select[*tuple[Any, ...]] = (
    select(*_COLUMNS)
    .select_from(Question)
    .outerjoin(Rating, Rating.question_id == Question.id)
    .outerjoin(Ticket, Ticket.rating_id == Rating.id)
)


@functools.cache
def _one(support: bool) -> Select[*tuple[Any, ...]]:
    return question_with_rating(bindparam("id"), support)
