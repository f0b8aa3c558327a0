"""The conversation of a ticket, and the buttons below it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments.rules import ATTACH_ERRORS
from services.ticket_api.conversation import rules
from services.ticket_api.conversation.schemas import (
    CloseSchema,
    MessagePageSchema,
    MessageSchema,
    ReadSchema,
    ReadStateSchema,
    StateSchema,
    TimelinePageSchema,
    WriteSchema,
)
from services.ticket_api.conversation.views import (
    MessageView,
    ReadStateView,
    StateView,
    TimelineEntryView,
    state_view,
)
from services.ticket_api.tickets import transitions
from services.ticket_api.tickets.locking import lock
from shared.clock import now
from shared.errors import TicketIsClosed, TicketNotClosed, TicketNotOpen, TicketNotParked
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.idempotency.idempotent import idempotent
from shared.http.pagination import Page, PageArguments
from shared.http.problems import locale
from shared.messaging.outbox.unit_of_work import unit_of_work

blueprint = Blueprint("conversation", __name__, url_prefix="/v1/tickets", description="Conversación")


@blueprint.get("/<uuid:ticket_id>/messages")
@blueprint.takes(PageArguments, location="query")
@allowed(Permission.TICKETS)
@blueprint.answers(200, MessagePageSchema)
def list_messages(
    session: Session, caller: Caller, arguments: dict[str, Any], ticket_id: UUID
) -> Page[MessageView]:
    """The messages, oldest first."""
    return rules.messages(session, caller, ticket_id, arguments, locale())


@blueprint.post("/<uuid:ticket_id>/messages")
@blueprint.takes(WriteSchema)
@allowed(Permission.TICKETS)
@idempotent
@blueprint.answers(201, MessageSchema, refuses=(TicketIsClosed, TicketNotOpen, *ATTACH_ERRORS))
def write(session: Session, caller: Caller, payload: dict[str, Any], ticket_id: UUID) -> MessageView:
    """Continue the conversation, or leave a note that only support reads."""
    with unit_of_work(session) as work:
        return rules.write(work, caller, ticket_id, payload, now(), locale())


@blueprint.get("/<uuid:ticket_id>/timeline")
@blueprint.takes(PageArguments, location="query")
@allowed(Permission.TICKETS)
@blueprint.answers(200, TimelinePageSchema)
def list_timeline(
    session: Session, caller: Caller, arguments: dict[str, Any], ticket_id: UUID
) -> Page[TimelineEntryView]:
    """Every change, oldest first."""
    return rules.timeline(session, caller, ticket_id, arguments)


@blueprint.post("/<uuid:ticket_id>/close")
@blueprint.takes(CloseSchema)
@allowed(Permission.TICKETS)
@blueprint.answers(200, StateSchema, refuses=(TicketIsClosed, TicketNotOpen))
def close(session: Session, caller: Caller, payload: dict[str, Any], ticket_id: UUID) -> StateView:
    """Close the ticket; support names the cause and the improvement."""
    ticket = lock(session, caller, ticket_id)
    with unit_of_work(session) as work:
        transitions.close(work, caller, ticket, now(), **payload)
    return state_view(ticket)


@blueprint.post("/<uuid:ticket_id>/reopen")
@allowed(Permission.TICKETS)
@blueprint.answers(200, StateSchema, refuses=(TicketNotClosed,))
def reopen(session: Session, caller: Caller, ticket_id: UUID) -> StateView:
    """Go on with a closed ticket; this takes no unit."""
    ticket = lock(session, caller, ticket_id)
    with unit_of_work(session) as work:
        transitions.reopen(work, caller, ticket, now())
    return state_view(ticket)


@blueprint.post("/<uuid:ticket_id>/promote")
@allowed(Permission.STORE_TICKETS)
@idempotent
@blueprint.answers(202, StateSchema, refuses=(TicketNotParked,))
def promote(session: Session, caller: Caller, ticket_id: UUID) -> StateView:
    """Ask again for the unit of a parked ticket."""
    ticket = lock(session, caller, ticket_id)
    with unit_of_work(session) as work:
        transitions.promote(work, caller, ticket, now())
    return state_view(ticket)


@blueprint.post("/<uuid:ticket_id>/read")
@blueprint.takes(ReadSchema)
@allowed(Permission.TICKETS)
@blueprint.answers(200, ReadStateSchema)
def mark_read(session: Session, caller: Caller, payload: dict[str, Any], ticket_id: UUID) -> ReadStateView:
    """I have read up to a message, or all of it."""
    return rules.mark_read(session, caller, ticket_id, payload["message_id"], now())


@blueprint.post("/<uuid:ticket_id>/unread")
@allowed(Permission.TICKETS)
@blueprint.answers(200, ReadStateSchema)
def mark_unread(session: Session, caller: Caller, ticket_id: UUID) -> ReadStateView:
    """Show me this ticket as unread again."""
    return rules.mark_unread(session, caller, ticket_id)
