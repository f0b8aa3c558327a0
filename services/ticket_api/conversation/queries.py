"""Reading and writing a ticket's conversation."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select, text, tuple_
from sqlalchemy.orm import Session

from shared.db.columns import plain
from shared.db.models import (
    Attachment,
    Cause,
    Message,
    Person,
    Ticket,
    TicketRead,
    TimelineEntry,
    TimelineKind,
)
from shared.http.auth.callers import Caller
from shared.http.auth.store_scope import store_of, visible, visible_to
from shared.http.pagination import Position
from shared.ids import new_id

AnyRow = Row[*tuple[Any, ...]]

_READ_UP_TO = text("""
    INSERT INTO ticket_reads (person_id, ticket_id, store_id, position)
    VALUES (:person, :ticket, :store, :position)
    ON CONFLICT (person_id, ticket_id) DO UPDATE
    SET position = greatest(ticket_reads.position, excluded.position)
""")


def lock(session: Session, caller: Caller, ticket_id: UUID) -> Ticket | None:
    """A ticket `caller` may see, held until the transaction ends."""
    return session.scalar(
        visible(select(Ticket).where(Ticket.id == ticket_id), Ticket, caller).with_for_update()
    )


def find(session: Session, caller: Caller, ticket_id: UUID) -> Ticket | None:
    """A ticket `caller` may see."""
    return session.scalar(visible(select(Ticket).where(Ticket.id == ticket_id), Ticket, caller))


def messages(
    session: Session, caller: Caller, ticket_id: UUID, after: Position | None, limit: int
) -> Sequence[AnyRow]:
    """Messages of a ticket that `caller` may see, oldest first; notes for support alone.

    With the name of who wrote each, and whether it is `pictured`.
    """
    statement = _messages(caller.is_support, after is not None)
    return session.connection().execute(statement, _values(caller, ticket_id, after, limit)).all()


def timeline(
    session: Session, caller: Caller, ticket_id: UUID, after: Position | None, limit: int
) -> Sequence[AnyRow]:
    """Changes of a ticket that `caller` may see with the name of who made them, oldest first."""
    statement = _timeline(caller.is_support, after is not None)
    return session.connection().execute(statement, _values(caller, ticket_id, after, limit)).all()


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
        # Whether there are pictures to be asked for: few messages have any.
        select(Attachment.id).where(Attachment.message_id == Message.id).exists().label("pictured"),
    )
    statement = select(*columns).join_from(Message, Person, Person.id == Message.author_id)
    return _of_ticket(statement, Message, support, after)


@functools.cache
def _timeline(support: bool, after: bool) -> Select[*tuple[Any, ...]]:
    columns = (
        TimelineEntry.id,
        plain(TimelineEntry.kind),
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
    """What one ticket has of `model`, oldest first; for a store its own, and nothing internal."""
    key = tuple_(model.created_at, model.id)
    statement = visible_to(support, statement.where(model.ticket_id == bindparam("ticket_id")), model)
    if not support:
        statement = statement.where(~model.internal)
    if after:
        statement = statement.where(key > tuple_(bindparam("after_at"), bindparam("after_id")))
    return statement.order_by(model.created_at, model.id).limit(bindparam("most"))


def _values(caller: Caller, ticket_id: UUID, after: Position | None, limit: int) -> dict[str, Any]:
    values: dict[str, Any] = {"ticket_id": ticket_id, "most": limit, **store_of(caller)}
    if after is not None:
        values |= {"after_at": after.at, "after_id": after.id}
    return values


def message(caller: Caller, ticket: Ticket, body: str, now: datetime, *, internal: bool) -> dict[str, Any]:
    """A message at the ticket's last position, to be inserted."""
    return {
        "id": new_id(),
        "ticket_id": ticket.id,
        "store_id": ticket.store_id,
        "position": ticket.last_position,
        "author_id": caller.person_id,
        "from_support": caller.is_support,
        "internal": internal,
        "body": body,
        "created_at": now,
    }


def entry(
    caller: Caller,
    ticket: Ticket,
    kind: TimelineKind,
    now: datetime,
    *,
    internal: bool = False,
    **detail: Any,
) -> dict[str, Any]:
    """A line of the ticket's timeline, to be inserted; `internal` ones are for support alone."""
    return {
        "id": new_id(),
        "ticket_id": ticket.id,
        "store_id": ticket.store_id,
        "kind": kind,
        "internal": internal,
        "actor_id": caller.person_id,
        "detail": detail,
        "created_at": now,
    }


def read_up_to(session: Session, caller: Caller, ticket: Ticket, position: int) -> None:
    """Note that the caller has read up to `position`; never goes back."""
    session.execute(
        _READ_UP_TO,
        {
            "person": caller.person_id,
            "ticket": ticket.id,
            "store": ticket.store_id,
            "position": position,
        },
    )


def mark_unread(session: Session, caller: Caller, ticket: Ticket, position: int) -> None:
    """Note that the caller wants to read on from after `position`."""
    read_up_to(session, caller, ticket, position)
    session.get_one(TicketRead, (caller.person_id, ticket.id)).position = position


def position_of(session: Session, caller: Caller, ticket_id: UUID, message_id: UUID) -> int | None:
    """Where a message that the caller may read stands in the ticket."""
    statement = select(Message.position).where(Message.ticket_id == ticket_id, Message.id == message_id)
    return session.scalar(statement if caller.is_support else statement.where(~Message.internal))


def cause(session: Session, code: str) -> Cause | None:
    """A cause that may be named today."""
    return session.scalar(select(Cause).where(Cause.code == code, Cause.active))
