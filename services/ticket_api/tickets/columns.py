"""What is told of a ticket in a list, as columns: plain values, since a list has no use for entities."""

from __future__ import annotations

from typing import Any

from sqlalchemy import FromClause, Select, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from shared.db.columns import plain
from shared.db.models import Message, Person, Question, Store

EXCERPT_LETTERS = 160


def shown(found: FromClause, source: FromClause) -> Select[*tuple[Any, ...]]:
    """The tickets `found` in `source`, with the names of what they point to and how their text begins.

    What they point to is fetched row by row: those few are found by their keys, whatever a planner that
    does not know how many they are thinks of reading all people first.
    """
    first_message = (
        select(func.left(Message.body, EXCERPT_LETTERS))
        .where(Message.ticket_id == found.c.id, Message.position == 1)
        .scalar_subquery()
    )
    question = (
        select(plain(Question.origin), func.left(Question.text, EXCERPT_LETTERS).label("asked"))
        .where(Question.id == found.c.question_id)
        .limit(1)
        .lateral("question")
    )
    return select(
        found.c.id,
        found.c.number,
        plain(found.c.kind),
        plain(found.c.verdict),
        plain(found.c.status),
        plain(found.c.parked_reason),
        found.c.cause,
        question.c.origin,
        func.coalesce(question.c.asked, first_message, "").label("excerpt"),
        found.c.position.label("last_position"),
        found.c.unread,
        found.c.created_at,
        found.c.last_activity_at,
        found.c.store_id,
        _named(Store.name, Store.id, found.c.store_id).label("store_name"),
        found.c.opened_by,
        _named(Person.name, Person.id, found.c.opened_by).label("opener_name"),
        found.c.assignee_id,
        _named(Person.name, Person.id, found.c.assignee_id).label("assignee_name"),
    ).select_from(source.outerjoin(question, true()))


def _named(name: InstrumentedAttribute[str], key: InstrumentedAttribute[Any], wanted: Any) -> Any:
    return select(name).where(key == wanted).scalar_subquery()
