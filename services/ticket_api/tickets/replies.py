"""Writing in a ticket: a reply changes its status, an internal note changes nothing that a store sees."""

from __future__ import annotations

from datetime import datetime

from services.ticket_api.tickets.rows import (
    Author,
    Row,
    caller_entry,
    event_fields,
    key_of,
    message,
    timeline_entry,
)
from services.ticket_api.tickets.transitions import require_open
from shared.db.models import Message, Ticket, TicketStatus, TimelineEntry, TimelineKind
from shared.http.auth.callers import Caller
from shared.messaging.events import StoreReplied, SupportReplied
from shared.messaging.outbox.unit_of_work import UnitOfWork


def reply(work: UnitOfWork, caller: Caller, ticket: Ticket, body: str, now: datetime) -> Row:
    """Add a reply to a locked ticket; returns the message's row.

    Support's reply makes the ticket `answered`, a store's makes it `open`.
    Raises `TicketIsClosed`, `TicketNotOpen`.
    """
    require_open(ticket)
    ticket.last_position += 1
    ticket.public_position = ticket.last_position
    ticket.status = TicketStatus.ANSWERED if caller.is_support else TicketStatus.OPEN
    ticket.version += 1
    ticket.last_activity_at = now
    row = _message(caller, ticket, body, now, internal=False)
    replied = caller_entry(TimelineKind.REPLIED, caller, ticket, now, {"status": ticket.status})
    event = (SupportReplied if caller.is_support else StoreReplied)(
        **event_fields(caller, ticket),
        message_id=row["id"],
    )
    work.insert(Message, [row])
    work.insert(TimelineEntry, [replied])
    work.publish([event])
    return row


def note(work: UnitOfWork, caller: Caller, ticket: Ticket, body: str, now: datetime) -> Row:
    """Add an internal note to a locked ticket; returns the message's row.

    Nothing that a store could see changes: neither status nor order nor version.
    """
    ticket.last_position += 1
    row = _message(caller, ticket, body, now, internal=True)
    entry = timeline_entry(TimelineKind.NOTED, key_of(ticket), caller.person_id, now, internal=True)
    work.insert(Message, [row])
    work.insert(TimelineEntry, [entry])
    return row


def _message(caller: Caller, ticket: Ticket, body: str, now: datetime, *, internal: bool) -> Row:
    author = Author(caller.person_id, from_support=caller.is_support)
    return message(body, key_of(ticket), author, now, position=ticket.last_position, internal=internal)
