"""The columns of a ticket in a list: plain values, since entities cost each row far more."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import FromClause, Select, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from shared.db.columns import enum_as_text
from shared.db.models import Message, Person, Question, Store

EXCERPT_LETTERS = 160


class TicketRow(msgspec.Struct, frozen=True):
    """A ticket with the names of what it refers to; `excerpt`: how its question or first message begins."""

    id: UUID
    number: int
    kind: str
    verdict: str
    status: str
    parked_reason: str | None
    cause: str | None
    origin: str | None
    excerpt: str
    last_position: int
    unread: bool
    created_at: datetime
    last_activity_at: datetime
    store_id: UUID
    store_name: str
    opened_by: UUID
    opener_name: str
    assignee_id: UUID | None
    assignee_name: str | None


def ticket_columns(found: FromClause, source: FromClause) -> Select[*tuple[Any, ...]]:
    """The tickets `found` in `source`; the columns are the fields of `TicketRow`.

    What they refer to is fetched row by row, by key: the planner does not know how few rows there are, and
    would read all people first.
    """
    first_message = (
        select(func.left(Message.body, EXCERPT_LETTERS))
        .where(Message.ticket_id == found.c.id, Message.position == 1)
        .scalar_subquery()
    )
    question = (
        select(enum_as_text(Question.origin), func.left(Question.text, EXCERPT_LETTERS).label("asked"))
        .where(Question.id == found.c.question_id)
        .limit(1)
        .lateral("question")
    )
    return select(
        found.c.id,
        found.c.number,
        enum_as_text(found.c.kind),
        enum_as_text(found.c.verdict),
        enum_as_text(found.c.status),
        enum_as_text(found.c.parked_reason),
        found.c.cause,
        question.c.origin,
        func.coalesce(question.c.asked, first_message, "").label("excerpt"),
        found.c.position.label("last_position"),
        found.c.unread,
        found.c.created_at,
        found.c.last_activity_at,
        found.c.store_id,
        _name_of(Store.name, Store.id, found.c.store_id).label("store_name"),
        found.c.opened_by,
        _name_of(Person.name, Person.id, found.c.opened_by).label("opener_name"),
        found.c.assignee_id,
        _name_of(Person.name, Person.id, found.c.assignee_id).label("assignee_name"),
    ).select_from(source.outerjoin(question, true()))


def _name_of(name: InstrumentedAttribute[str], key: InstrumentedAttribute[Any], reference: Any) -> Any:
    return select(name).where(key == reference).scalar_subquery()
