"""Writing in a ticket, reading it, and who has read how far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifier import mark_ticket_read
from services.ticket_api.attachments.rules import Target, tie
from services.ticket_api.attachments.views import View, view, views_of
from services.ticket_api.conversation import queries
from services.ticket_api.tickets.word_index import index_words
from shared.db.bulk_insert import insert_together
from shared.db.models import Message, Ticket, TicketStatus, TimelineEntry, TimelineKind
from shared.errors import Invalid, NotFound, TicketIsClosed, TicketNotOpen
from shared.http import pagination
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.messaging.events import StoreReplied, SupportReplied
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import current_correlation

WITHOUT_UNIT = frozenset({TicketStatus.PENDING, TicketStatus.PARKED})


def locked(session: Session, caller: Caller, ticket_id: UUID) -> Ticket:
    """The ticket, held until the transaction ends. Raises `NotFound`."""
    ticket = queries.lock(session, caller, ticket_id)
    if ticket is None:
        raise NotFound
    return ticket


def write(
    session: Session, caller: Caller, ticket_id: UUID, payload: Mapping[str, Any], now: datetime, locale: str
) -> dict[str, Any]:
    """Add a message or a note with its attachments.

    Raises `NotFound`, `Forbidden`, `TicketIsClosed`, `TicketNotOpen` and what tying attachments raises.
    """
    ticket = locked(session, caller, ticket_id)
    internal: bool = payload["internal"]
    if internal:
        Permission.SUPPORT.require(caller)
    message = (_note if internal else _reply)(session, caller, ticket, payload["body"], now)
    target = Target(
        store_id=ticket.store_id, ticket_id=ticket.id, message_id=message["id"], internal=internal
    )
    tied = tie(session, caller, payload["attachment_ids"], target, now)
    return message_view(message, caller.name, [view(attachment, locale) for attachment in tied])


def _reply(session: Session, caller: Caller, ticket: Ticket, body: str, now: datetime) -> dict[str, Any]:
    if ticket.status is TicketStatus.CLOSED:
        raise TicketIsClosed
    if ticket.status in WITHOUT_UNIT:
        raise TicketNotOpen
    ticket.last_position += 1
    ticket.public_position = ticket.last_position
    ticket.status = TicketStatus.ANSWERED if caller.is_support else TicketStatus.OPEN
    ticket.version += 1
    ticket.last_activity_at = now
    session.flush()
    message = queries.message(caller, ticket, body, now, internal=False)
    entry = queries.entry(caller, ticket, TimelineKind.REPLIED, now, status=ticket.status)
    event = (SupportReplied if caller.is_support else StoreReplied)(
        store_id=ticket.store_id,
        correlation_id=current_correlation(),
        ticket_id=ticket.id,
        number=ticket.number,
        actor_id=caller.person_id,
        message_id=message["id"],
    )
    publish(session, [event], along_with=[(Message, [message]), (TimelineEntry, [entry])])
    index_words(session, [ticket.id])
    queries.read_up_to(session, caller, ticket, ticket.last_position)
    mark_ticket_read(session, caller.person_id, ticket.id, now)
    return message


def _note(session: Session, caller: Caller, ticket: Ticket, body: str, now: datetime) -> dict[str, Any]:
    """A note changes nothing that a store could see: neither status nor order nor version."""
    ticket.last_position += 1
    session.flush()
    message = queries.message(caller, ticket, body, now, internal=True)
    entry = queries.entry(caller, ticket, TimelineKind.NOTED, now, internal=True)
    insert_together(session, [(Message, [message]), (TimelineEntry, [entry])])
    index_words(session, [ticket.id])
    queries.read_up_to(session, caller, ticket, ticket.last_position)
    return message


def messages(
    session: Session, caller: Caller, ticket_id: UUID, arguments: Mapping[str, Any], locale: str
) -> dict[str, Any]:
    """A page of the conversation, oldest first. Raises `NotFound`, `InvalidCursor`."""
    limit, scope = arguments["limit"], f"messages:{ticket_id}"
    after = pagination.decode(arguments["cursor"], scope)
    rows = queries.messages(session, caller, ticket_id, after, limit + 1)
    if not rows:
        _found(session, caller, ticket_id)
    attachments = views_of(session, [row.id for row in rows if row.pictured], locale)
    items = [message_view(row._asdict(), row.author_name, attachments.get(row.id, [])) for row in rows]
    return pagination.page(items, limit, scope, by="created_at")


def timeline(
    session: Session, caller: Caller, ticket_id: UUID, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """A page of the ticket's changes, oldest first. Raises `NotFound`, `InvalidCursor`."""
    limit, scope = arguments["limit"], f"timeline:{ticket_id}"
    after = pagination.decode(arguments["cursor"], scope)
    rows = queries.timeline(session, caller, ticket_id, after, limit + 1)
    if not rows:
        _found(session, caller, ticket_id)
    items = [
        {
            "id": row.id,
            "kind": row.kind,
            "actor": {"id": row.actor_id, "name": row.actor_name},
            "detail": row.detail,
            "created_at": row.created_at,
        }
        for row in rows
    ]
    return pagination.page(items, limit, scope, by="created_at")


def mark_read(
    session: Session, caller: Caller, ticket_id: UUID, message_id: UUID | None, now: datetime
) -> dict[str, Any]:
    """The caller has read up to a message, or all; then also what they were told of the ticket.

    Raises `NotFound`, `Invalid`.
    """
    ticket = _found(session, caller, ticket_id)
    newest = _newest(caller, ticket)
    position = newest
    if message_id is not None:
        found = queries.position_of(session, caller, ticket_id, message_id)
        if found is None:
            raise Invalid({"message_id": ["Must be one of this ticket's messages."]})
        position = found
    queries.read_up_to(session, caller, ticket, position)
    if position == newest:
        mark_ticket_read(session, caller.person_id, ticket_id, now)
    return {"ticket_id": ticket_id, "unread": position < newest}


def mark_unread(session: Session, caller: Caller, ticket_id: UUID) -> dict[str, Any]:
    """The caller wants to come back to the newest message. Raises `NotFound`."""
    ticket = _found(session, caller, ticket_id)
    queries.mark_unread(session, caller, ticket, _newest(caller, ticket) - 1)
    return {"ticket_id": ticket_id, "unread": True}


def message_view(message: Mapping[str, Any], author: str, attachments: list[View]) -> dict[str, Any]:
    """A message as it is shown."""
    return {
        "id": message["id"],
        "author": {"id": message["author_id"], "name": author},
        "from_support": message["from_support"],
        "internal": message["internal"],
        "body": message["body"],
        "attachments": attachments,
        "created_at": message["created_at"],
    }


def _found(session: Session, caller: Caller, ticket_id: UUID) -> Ticket:
    ticket = queries.find(session, caller, ticket_id)
    if ticket is None:
        raise NotFound
    return ticket


def _newest(caller: Caller, ticket: Ticket) -> int:
    return ticket.last_position if caller.is_support else ticket.public_position
