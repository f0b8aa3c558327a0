"""Generic tickets: written freely, they ask for a unit like any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments.rules import Target, tie
from services.ticket_api.tickets import batch_queries
from services.ticket_api.tickets.word_index import index_words
from shared.db.models import Message, Ticket, TicketKind, TicketStatus, TimelineEntry, TimelineKind
from shared.http.auth.callers import Caller
from shared.ids import new_id
from shared.messaging.events import TicketRequested
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import current_correlation


def create(session: Session, caller: Caller, payload: Mapping[str, Any], now: datetime) -> UUID:
    """Save a generic ticket (body, verdict, attachment_ids) as pending and ask for its unit; returns its id.

    Raises what tying attachments raises.
    """
    store_id = caller.own_store
    ticket_id, message_id = new_id(), new_id()
    number = batch_queries.take_numbers(session, {store_id: 1})[store_id].pop()
    opening = {"ticket_id": ticket_id, "store_id": store_id, "internal": False, "created_at": now}
    message = opening | {
        "id": message_id,
        "position": 1,
        "author_id": caller.person_id,
        "from_support": False,
        "body": payload["body"],
    }
    entry = opening | {
        "id": new_id(),
        "kind": TimelineKind.REQUESTED,
        "actor_id": caller.person_id,
        "detail": {},
    }
    event = TicketRequested(
        store_id=store_id,
        correlation_id=current_correlation(),
        subject_id=ticket_id,
        actor_id=caller.person_id,
    )
    ticket = _ticket(ticket_id, store_id, number, caller, payload, now)
    publish(session, [event], along_with=[(Ticket, [ticket]), (Message, [message]), (TimelineEntry, [entry])])
    target = Target(store_id=store_id, ticket_id=ticket_id, message_id=message_id)
    tie(session, caller, payload["attachment_ids"], target, now)
    index_words(session, [ticket_id])
    return ticket_id


def _ticket(
    ticket_id: UUID, store_id: UUID, number: int, caller: Caller, payload: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    return {
        "id": ticket_id,
        "store_id": store_id,
        "number": number,
        "kind": TicketKind.GENERIC,
        "verdict": payload["verdict"],
        "status": TicketStatus.PENDING,
        "opened_by": caller.person_id,
        "last_position": 1,
        "public_position": 1,
        "version": 1,
        "created_at": now,
        "last_activity_at": now,
    }
