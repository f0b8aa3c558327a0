"""Tickets: list them, read one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from sqlalchemy.orm import Session

from services.ticket_api.attachments.rules import ATTACH_ERRORS
from services.ticket_api.tickets import creation, rules
from services.ticket_api.tickets.lists.views import CountView
from services.ticket_api.tickets.schemas import (
    CountsSchema,
    ExportArguments,
    FilterArguments,
    NewTicketSchema,
    TicketArguments,
    TicketDetailSchema,
    TicketPageSchema,
)
from services.ticket_api.tickets.views import TicketDetailView, TicketView
from shared.clock import now
from shared.http.auth.access import allowed, iterate_in_transaction
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.idempotency.idempotent import idempotent
from shared.http.pagination import Page
from shared.http.problems import locale
from shared.http.requests.preconditions import etag
from shared.http.views import ListView
from shared.messaging.outbox.unit_of_work import unit_of_work

blueprint = Blueprint("tickets", __name__, url_prefix="/v1/tickets", description="Tickets")


@blueprint.get("")
@blueprint.takes(TicketArguments, location="query")
@allowed(Permission.TICKETS)
@blueprint.answers(200, TicketPageSchema)
def list_tickets(session: Session, caller: Caller, arguments: dict[str, Any]) -> Page[TicketView]:
    """Tickets that meet all filters, latest activity or highest number first."""
    return rules.page(session, caller, arguments)


@blueprint.get("/counts")
@blueprint.takes(FilterArguments, location="query")
@allowed(Permission.TICKETS)
@blueprint.answers(200, CountsSchema)
def count_tickets(session: Session, caller: Caller, arguments: dict[str, Any]) -> ListView[CountView]:
    """How many tickets of each status meet the other filters."""
    return ListView(rules.counts(session, caller, arguments))


@blueprint.get("/export.csv")
@blueprint.takes(ExportArguments, location="query")
@allowed(Permission.TICKETS)
@blueprint.answers(200, content_type="text/csv")
def export_tickets(_session: Session, caller: Caller, arguments: dict[str, Any]) -> Response:
    """Tickets that meet all filters, as a file for spreadsheets."""
    produce = rules.export(caller, arguments, locale())
    name = f"tickets-{now():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(iterate_in_transaction(caller.person_id, produce), mimetype="text/csv", headers=headers)


@blueprint.get("/<uuid:ticket_id>")
@allowed(Permission.TICKETS)
@blueprint.answers(200, TicketDetailSchema)
def get_ticket(session: Session, caller: Caller, ticket_id: UUID) -> tuple[TicketDetailView, dict[str, str]]:
    """One ticket, its question first."""
    ticket = rules.detail(session, caller, ticket_id, locale())
    return ticket, {"ETag": etag(ticket.version)}


@blueprint.post("")
@blueprint.takes(NewTicketSchema)
@allowed(Permission.STORE_TICKETS)
@idempotent
@blueprint.answers(202, TicketDetailSchema, refuses=ATTACH_ERRORS)
def create_ticket(session: Session, caller: Caller, payload: dict[str, Any]) -> TicketDetailView:
    """Write to support without a question; the ticket opens when its unit is granted."""
    with unit_of_work(session) as work:
        ticket_id = creation.create(work, caller, payload, now())
    return rules.detail(session, caller, ticket_id, locale())
