"""The one builder each of a timeline entry, a message, and what all events of a ticket say."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple, TypedDict
from uuid import UUID

from shared.db.models import Ticket, TimelineKind
from shared.http.auth.callers import Caller
from shared.ids import new_id
from shared.observability.correlation import current_correlation

Row = dict[str, Any]

FIRST_POSITION = 1
"""A ticket's conversation begins at this position, whether or not something was written with it."""


class TicketKey(NamedTuple):
    """What every row of a ticket refers to."""

    ticket_id: UUID
    store_id: UUID


class Author(NamedTuple):
    """Who wrote a message, and on which side."""

    person_id: UUID
    from_support: bool = False


class TicketEventFields(TypedDict):
    """The fields of `TicketEvent`, which every event of a ticket has."""

    store_id: UUID
    correlation_id: str
    ticket_id: UUID
    number: int
    actor_id: UUID


def key_of(ticket: Ticket) -> TicketKey:
    """What rows of `ticket` refer to."""
    return TicketKey(ticket.id, ticket.store_id)


def event_fields(caller: Caller, ticket: Ticket) -> TicketEventFields:
    """What every event says of something that `caller` did to `ticket`."""
    return {
        "store_id": ticket.store_id,
        "correlation_id": current_correlation(),
        "ticket_id": ticket.id,
        "number": ticket.number,
        "actor_id": caller.person_id,
    }


def caller_entry(
    kind: TimelineKind, caller: Caller, ticket: Ticket, now: datetime, detail: dict[str, Any] | None = None
) -> Row:
    """The timeline entry of something that `caller` did to `ticket`."""
    return timeline_entry(kind, key_of(ticket), caller.person_id, now, detail=detail)


def timeline_entry(
    kind: TimelineKind,
    ticket: TicketKey,
    actor_id: UUID,
    now: datetime,
    *,
    internal: bool = False,
    detail: dict[str, Any] | None = None,
) -> Row:
    """One change of a ticket; `internal` ones are for support alone."""
    return {
        "id": new_id(),
        "ticket_id": ticket.ticket_id,
        "store_id": ticket.store_id,
        "kind": kind,
        "internal": internal,
        "actor_id": actor_id,
        "detail": detail or {},
        "created_at": now,
    }


def message(
    body: str,
    ticket: TicketKey,
    author: Author,
    now: datetime,
    *,
    position: int = FIRST_POSITION,
    internal: bool = False,
) -> Row:
    """A message of a ticket, by default the first one; `internal` makes it a note of support."""
    return {
        "id": new_id(),
        "ticket_id": ticket.ticket_id,
        "store_id": ticket.store_id,
        "position": position,
        "author_id": author.person_id,
        "from_support": author.from_support,
        "internal": internal,
        "body": body,
        "created_at": now,
    }
