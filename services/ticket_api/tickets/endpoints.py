"""Tickets: list them, read one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.access import Caller, Rule, allowed
from services.ticket_api.blueprints import Blueprint
from services.ticket_api.pagination import PageArguments
from services.ticket_api.tickets import rules
from services.ticket_api.tickets.schemas import (
    MessagePageSchema,
    TicketArguments,
    TicketDetailSchema,
    TicketPageSchema,
    TimelinePageSchema,
)

blueprint = Blueprint("tickets", __name__, url_prefix="/v1/tickets", description="Tickets")


@blueprint.get("")
@blueprint.takes(TicketArguments, location="query")
@allowed(Rule.TICKETS)
@blueprint.answers(200, TicketPageSchema)
def list_tickets(session: Session, caller: Caller, arguments: dict[str, Any]) -> dict[str, Any]:
    """Tickets, latest activity first."""
    return rules.page(session, caller, arguments)


@blueprint.get("/<uuid:ticket_id>")
@allowed(Rule.TICKETS)
@blueprint.answers(200, TicketDetailSchema)
def get_ticket(session: Session, caller: Caller, ticket_id: UUID) -> dict[str, Any]:
    """One ticket, its question first."""
    return rules.detail(session, caller, ticket_id)


@blueprint.get("/<uuid:ticket_id>/messages")
@blueprint.takes(PageArguments, location="query")
@allowed(Rule.TICKETS)
@blueprint.answers(200, MessagePageSchema)
def list_messages(
    session: Session, caller: Caller, arguments: dict[str, Any], ticket_id: UUID
) -> dict[str, Any]:
    """The conversation, oldest first."""
    return rules.messages(session, caller, ticket_id, arguments)


@blueprint.get("/<uuid:ticket_id>/timeline")
@blueprint.takes(PageArguments, location="query")
@allowed(Rule.TICKETS)
@blueprint.answers(200, TimelinePageSchema)
def list_timeline(
    session: Session, caller: Caller, arguments: dict[str, Any], ticket_id: UUID
) -> dict[str, Any]:
    """Every change of the ticket, oldest first."""
    return rules.timeline(session, caller, ticket_id, arguments)
