"""Reading tickets, their messages and their timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.ticket_api.callers import Caller
from services.ticket_api.pagination import Position
from services.ticket_api.scope import visible
from shared.models import Message, Person, Question, Ticket

AnyRow = Row[*tuple[Any, ...]]

EXCERPT_LETTERS = 160

_FIRST_MESSAGE = (
    select(func.left(Message.body, EXCERPT_LETTERS))
    .where(Message.ticket_id == Ticket.id, Message.position == 1)
    .scalar_subquery()
)


def visible_position(caller: Caller) -> InstrumentedAttribute[int]:
    """The newest message `caller` may read: an internal note is nothing new to a store."""
    return Ticket.last_position if caller.is_support else Ticket.public_position


def _select(caller: Caller) -> Select[*tuple[Any, ...]]:
    statement = (
        select(
            Ticket.id,
            Ticket.store_id,
            Ticket.number,
            Ticket.kind,
            Ticket.verdict,
            Ticket.status,
            Ticket.parked_reason,
            visible_position(caller).label("last_position"),
            Ticket.created_at,
            Ticket.last_activity_at,
            Ticket.question_id,
            Question.origin,
            func.coalesce(func.left(Question.text, EXCERPT_LETTERS), _FIRST_MESSAGE, "").label("excerpt"),
            Person.id.label("person_id"),
            Person.name.label("person_name"),
        )
        .join(Person, Person.id == Ticket.opened_by)
        .outerjoin(Question, Question.id == Ticket.question_id)
    )
    return visible(statement, Ticket, caller)


def page(
    session: Session, caller: Caller, filters: Mapping[str, Any], after: Position | None, limit: int
) -> Sequence[AnyRow]:
    """Tickets by latest activity, after `after`; at most `limit`."""
    statement = _select(caller).order_by(Ticket.last_activity_at.desc(), Ticket.id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(Ticket.last_activity_at, Ticket.id) < (after.at, after.id))
    if "status" in filters:
        statement = statement.where(Ticket.status == filters["status"])
    return session.execute(statement).all()


def one(session: Session, caller: Caller, ticket_id: UUID) -> AnyRow | None:
    """A ticket that `caller` may see."""
    return session.execute(_select(caller).where(Ticket.id == ticket_id)).one_or_none()
