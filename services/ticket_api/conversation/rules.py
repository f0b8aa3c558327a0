"""Writing in a ticket, reading it, and how far each person has read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifier import mark_ticket_read
from services.ticket_api.attachments.rules import Target, attach
from services.ticket_api.attachments.views import view, views_of_messages
from services.ticket_api.conversation import queries
from services.ticket_api.conversation.views import (
    MessageView,
    ReadStateView,
    TimelineEntryView,
    message_view,
    new_message_view,
    timeline_view,
)
from services.ticket_api.tickets.locking import lock
from services.ticket_api.tickets.replies import note, reply
from services.ticket_api.tickets.word_index import index_words
from shared.db.models import Ticket
from shared.errors import Invalid, NotFound
from shared.http import pagination
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.views import PersonView
from shared.messaging.outbox.unit_of_work import UnitOfWork


def write(
    work: UnitOfWork, caller: Caller, ticket_id: UUID, payload: Mapping[str, Any], now: datetime, locale: str
) -> MessageView:
    """Add a message or an internal note with its attachments.

    `payload`: body, internal and attachment_ids. Raises `NotFound`, `Forbidden`, `TicketIsClosed`,
    `TicketNotOpen` and what attaching raises.
    """
    session = work.session
    ticket = lock(session, caller, ticket_id)
    internal: bool = payload["internal"]
    if internal:
        Permission.SUPPORT.require(caller)
    message = (note if internal else reply)(work, caller, ticket, payload["body"], now)
    # Attachments refer to the message, and the words are read from it.
    work.flush()
    index_words(session, [ticket.id])
    queries.read_up_to(session, caller, ticket, ticket.last_position)
    if not internal:
        mark_ticket_read(session, caller.person_id, ticket.id, now)
    target = Target(
        store_id=ticket.store_id, ticket_id=ticket.id, message_id=message["id"], internal=internal
    )
    attached = attach(session, caller, payload["attachment_ids"], target, now)
    author = PersonView(caller.person_id, caller.name)
    return new_message_view(message, author, [view(attachment, locale) for attachment in attached])


def messages(
    session: Session, caller: Caller, ticket_id: UUID, arguments: Mapping[str, Any], locale: str
) -> pagination.Page[MessageView]:
    """A page of the conversation, oldest first. Raises `NotFound`, `InvalidCursor`."""
    limit, scope = arguments["limit"], f"messages:{ticket_id}"
    after = pagination.decode(arguments["cursor"], scope)
    rows = queries.messages(session, caller, ticket_id, after, limit + 1)
    if not rows:
        _visible(session, caller, ticket_id)
    attachments = views_of_messages(session, [row.id for row in rows if row.has_pictures], locale)
    items = [message_view(row, attachments.get(row.id, [])) for row in rows]
    return pagination.page(items, limit, scope, by="created_at")


def timeline(
    session: Session, caller: Caller, ticket_id: UUID, arguments: Mapping[str, Any]
) -> pagination.Page[TimelineEntryView]:
    """A page of the ticket's changes, oldest first. Raises `NotFound`, `InvalidCursor`."""
    limit, scope = arguments["limit"], f"timeline:{ticket_id}"
    after = pagination.decode(arguments["cursor"], scope)
    rows = queries.timeline(session, caller, ticket_id, after, limit + 1)
    if not rows:
        _visible(session, caller, ticket_id)
    return pagination.page([timeline_view(row) for row in rows], limit, scope, by="created_at")


def mark_read(
    session: Session, caller: Caller, ticket_id: UUID, message_id: UUID | None, now: datetime
) -> ReadStateView:
    """Mark a ticket read by the caller up to a message, or whole; then its notifications are read, too.

    Raises `NotFound`, and `Invalid` for a message of another ticket.
    """
    ticket = _visible(session, caller, ticket_id)
    newest = _newest_position(caller, ticket)
    position = newest
    if message_id is not None:
        found = queries.position_of(session, caller, ticket_id, message_id)
        if found is None:
            raise Invalid({"message_id": ["Must be one of this ticket's messages."]})
        position = found
    queries.read_up_to(session, caller, ticket, position)
    if position == newest:
        mark_ticket_read(session, caller.person_id, ticket_id, now)
    return ReadStateView(ticket_id, unread=position < newest)


def mark_unread(session: Session, caller: Caller, ticket_id: UUID) -> ReadStateView:
    """Mark the ticket's newest message unread by the caller. Raises `NotFound`."""
    ticket = _visible(session, caller, ticket_id)
    queries.set_read_position(session, caller, ticket, _newest_position(caller, ticket) - 1)
    return ReadStateView(ticket_id, unread=True)


def _visible(session: Session, caller: Caller, ticket_id: UUID) -> Ticket:
    ticket = queries.find(session, caller, ticket_id)
    if ticket is None:
        raise NotFound
    return ticket


def _newest_position(caller: Caller, ticket: Ticket) -> int:
    return ticket.last_position if caller.is_support else ticket.public_position
