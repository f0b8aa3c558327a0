"""Generic tickets: written freely, they ask for a unit like any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.ticket_api.attachments.rules import Target, attach
from services.ticket_api.tickets import batch_queries
from services.ticket_api.tickets.rows import FIRST_POSITION, Author, Row, TicketKey, message, timeline_entry
from services.ticket_api.tickets.word_index import index_words
from shared.db.models import Message, Ticket, TicketKind, TicketStatus, TimelineEntry, TimelineKind
from shared.http.auth.callers import Caller
from shared.ids import new_id
from shared.messaging.events import TicketUnitRequested
from shared.messaging.outbox.unit_of_work import UnitOfWork
from shared.observability.correlation import current_correlation


def create(work: UnitOfWork, caller: Caller, payload: Mapping[str, Any], now: datetime) -> UUID:
    """Create a pending generic ticket and ask for its unit; returns its id.

    `payload`: body, verdict and attachment_ids. Raises what attaching raises.
    """
    store_id, ticket_id = caller.own_store, new_id()
    number = batch_queries.take_numbers(work.session, {store_id: 1})[store_id].pop()
    ticket = TicketKey(ticket_id, store_id)
    first = message(payload["body"], ticket, Author(caller.person_id), now)
    requested = timeline_entry(TimelineKind.REQUESTED, ticket, caller.person_id, now)
    event = TicketUnitRequested(
        store_id=store_id,
        correlation_id=current_correlation(),
        subject_id=ticket_id,
        actor_id=caller.person_id,
    )
    work.insert(Ticket, [_ticket(ticket_id, store_id, number, caller, payload, now)])
    work.insert(Message, [first])
    work.insert(TimelineEntry, [requested])
    work.publish([event])
    # Attachments refer to the message, and the words are read from it.
    work.flush()
    target = Target(store_id=store_id, ticket_id=ticket_id, message_id=first["id"])
    attach(work.session, caller, payload["attachment_ids"], target, now)
    index_words(work.session, [ticket_id])
    return ticket_id


def _ticket(
    ticket_id: UUID, store_id: UUID, number: int, caller: Caller, payload: Mapping[str, Any], now: datetime
) -> Row:
    return {
        "id": ticket_id,
        "store_id": store_id,
        "number": number,
        "kind": TicketKind.GENERIC,
        "verdict": payload["verdict"],
        "status": TicketStatus.PENDING,
        "opened_by": caller.person_id,
        "last_position": FIRST_POSITION,
        "public_position": FIRST_POSITION,
        "version": 1,
        "created_at": now,
        "last_activity_at": now,
    }
