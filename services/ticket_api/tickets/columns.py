"""What is told of a ticket in a list, as columns: plain values, since a list has no use for entities."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Text, func, select, type_coerce
from sqlalchemy.orm import aliased

from shared.models import Message, Person, Question, Store

EXCERPT_LETTERS = 160

_opener, _assignee = aliased(Person), aliased(Person)


def shown(found: FromClause, source: FromClause) -> Select[*tuple[Any, ...]]:
    """The tickets `found` in `source`, with the names of what they point to and how their text begins."""
    first_message = (
        select(func.left(Message.body, EXCERPT_LETTERS))
        .where(Message.ticket_id == found.c.id, Message.position == 1)
        .scalar_subquery()
    )
    asked = func.left(Question.text, EXCERPT_LETTERS)
    return select(
        found.c.id,
        found.c.number,
        _plain(found.c.kind),
        _plain(found.c.verdict),
        _plain(found.c.status),
        _plain(found.c.parked_reason),
        found.c.cause,
        _plain(Question.origin),
        func.coalesce(asked, first_message, "").label("excerpt"),
        found.c.position.label("last_position"),
        found.c.unread,
        found.c.created_at,
        found.c.last_activity_at,
        found.c.store_id,
        Store.name.label("store_name"),
        found.c.opened_by,
        _opener.name.label("opener_name"),
        found.c.assignee_id,
        _assignee.name.label("assignee_name"),
    ).select_from(
        source.outerjoin(Question, Question.id == found.c.question_id)
        .outerjoin(Store, Store.id == found.c.store_id)
        .outerjoin(_opener, _opener.id == found.c.opened_by)
        .outerjoin(_assignee, _assignee.id == found.c.assignee_id)
    )


def _plain(column: Any) -> ColumnElement[str]:
    """An enumeration as the text it is stored as."""
    return type_coerce(column, Text).label(column.key)
