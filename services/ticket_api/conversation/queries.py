"""Reading a ticket's conversation, and recording how far each person has read it."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select, text, tuple_
from sqlalchemy.orm import Session

from shared.db.columns import enum_as_text
from shared.db.models import (
    Attachment,
    Message,
    Person,
    Ticket,
    TimelineEntry,
)
from shared.db.rows import read_as
from shared.http.auth.callers import Caller
from shared.http.auth.store_scope import store_bind_values, visible, visible_to
from shared.http.pagination import Position


class MessageRow(NamedTuple):
    """A message with the name of its author; `has_pictures`: its attachments are to be read, too."""

    id: UUID
    author_id: UUID
    author_name: str
    from_support: bool
    internal: bool
    body: str
    created_at: datetime
    has_pictures: bool


class TimelineRow(NamedTuple):
    """A change of a ticket with the name of who made it."""

    id: UUID
    kind: str
    actor_id: UUID
    actor_name: str
    detail: dict[str, Any]
    created_at: datetime


_READ_UP_TO = text("""
    INSERT INTO ticket_reads (person_id, ticket_id, store_id, position)
    VALUES (:person, :ticket, :store, :position)
    ON CONFLICT (person_id, ticket_id) DO UPDATE
    SET position = greatest(ticket_reads.position, excluded.position)
""")

_SET_READ_POSITION = text("""
    INSERT INTO ticket_reads (person_id, ticket_id, store_id, position)
    VALUES (:person, :ticket, :store, :position)
    ON CONFLICT (person_id, ticket_id) DO UPDATE SET position = excluded.position
""")


def find(session: Session, caller: Caller, ticket_id: UUID) -> Ticket | None:
    """A ticket `caller` may see."""
    return session.scalar(visible(select(Ticket).where(Ticket.id == ticket_id), Ticket, caller))


def messages(
    session: Session, caller: Caller, ticket_id: UUID, after: Position | None, limit: int
) -> list[MessageRow]:
    """Messages of a ticket that `caller` may see, oldest first; internal notes for support alone."""
    statement = _messages(caller.is_support, after is not None)
    values = _values(caller, ticket_id, after, limit)
    return read_as(MessageRow, session.connection().execute(statement, values))


def timeline(
    session: Session, caller: Caller, ticket_id: UUID, after: Position | None, limit: int
) -> list[TimelineRow]:
    """Changes of a ticket that `caller` may see, oldest first; internal ones for support alone."""
    statement = _timeline(caller.is_support, after is not None)
    values = _values(caller, ticket_id, after, limit)
    return read_as(TimelineRow, session.connection().execute(statement, values))


@functools.cache
def _messages(support: bool, after: bool) -> Select[*tuple[Any, ...]]:
    columns = (
        Message.id,
        Message.author_id,
        Person.name.label("author_name"),
        Message.from_support,
        Message.internal,
        Message.body,
        Message.created_at,
        # Few messages have pictures: those of the others are not asked for.
        select(Attachment.id).where(Attachment.message_id == Message.id).exists().label("has_pictures"),
    )
    statement = select(*columns).join_from(Message, Person, Person.id == Message.author_id)
    return _of_ticket(statement, Message, support, after)


@functools.cache
def _timeline(support: bool, after: bool) -> Select[*tuple[Any, ...]]:
    columns = (
        TimelineEntry.id,
        enum_as_text(TimelineEntry.kind),
        TimelineEntry.actor_id,
        Person.name.label("actor_name"),
        TimelineEntry.detail,
        TimelineEntry.created_at,
    )
    statement = select(*columns).join_from(TimelineEntry, Person, Person.id == TimelineEntry.actor_id)
    return _of_ticket(statement, TimelineEntry, support, after)


def _of_ticket(
    statement: Select[*tuple[Any, ...]],
    model: type[Message | TimelineEntry],
    support: bool,
    after: bool,
) -> Select[*tuple[Any, ...]]:
    """Rows of `model` of one ticket, oldest first; for a store only its own, and nothing internal."""
    key = tuple_(model.created_at, model.id)
    statement = visible_to(support, statement.where(model.ticket_id == bindparam("ticket_id")), model)
    if not support:
        statement = statement.where(~model.internal)
    if after:
        statement = statement.where(key > tuple_(bindparam("after_at"), bindparam("after_id")))
    return statement.order_by(model.created_at, model.id).limit(bindparam("most"))


def _values(caller: Caller, ticket_id: UUID, after: Position | None, limit: int) -> dict[str, Any]:
    values: dict[str, Any] = {"ticket_id": ticket_id, "most": limit, **store_bind_values(caller)}
    if after is not None:
        values |= {"after_at": after.sort_value, "after_id": after.id}
    return values


def read_up_to(session: Session, caller: Caller, ticket: Ticket, position: int) -> None:
    """Record that the caller has read up to `position`; never goes back."""
    session.execute(_READ_UP_TO, _read_values(caller, ticket, position))


def set_read_position(session: Session, caller: Caller, ticket: Ticket, position: int) -> None:
    """Record that the caller has read up to `position`, also where that is further back than before."""
    session.execute(_SET_READ_POSITION, _read_values(caller, ticket, position))


def _read_values(caller: Caller, ticket: Ticket, position: int) -> dict[str, Any]:
    return {
        "person": caller.person_id,
        "ticket": ticket.id,
        "store": ticket.store_id,
        "position": position,
    }


def position_of(session: Session, caller: Caller, ticket_id: UUID, message_id: UUID) -> int | None:
    """The position of a message that the caller may read; None where the ticket has no such message."""
    statement = select(Message.position).where(Message.ticket_id == ticket_id, Message.id == message_id)
    return session.scalar(statement if caller.is_support else statement.where(~Message.internal))
