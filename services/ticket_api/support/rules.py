"""Managing one ticket or many, and what support's calls show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.support import queries
from services.ticket_api.support.views import CauseView, ManagedView, cause_view, managed_view
from services.ticket_api.tickets import management
from services.ticket_api.tickets.locking import lock
from services.ticket_api.tickets.transitions import close_all, require_open, require_unit
from shared.db.models import Ticket, TicketStatus
from shared.errors import Invalid, TicketNotClosed
from shared.http.auth.callers import Caller
from shared.http.views import PersonView
from shared.messaging.outbox.unit_of_work import UnitOfWork


def lock_managed(session: Session, caller: Caller, ticket_id: UUID) -> Ticket:
    """Lock a ticket that support may manage.

    Raises `NotFound`, and `TicketNotOpen` for one that holds no unit yet.
    """
    ticket = lock(session, caller, ticket_id)
    require_unit(ticket)
    return ticket


def manage(
    work: UnitOfWork, caller: Caller, ticket: Ticket, payload: Mapping[str, Any], now: datetime
) -> None:
    """Change a locked ticket as `payload` says: any of status, assignee_id, cause, resolution.

    A value that the ticket has already changes nothing. Raises `TicketIsClosed` for another status of a
    closed ticket, `TicketNotClosed` for a cause or resolution of one that stays open, `Invalid` for an
    unknown assignee or cause.
    """
    if "assignee_id" in payload:
        assign(work, caller, [ticket], payload["assignee_id"], now)
    status: TicketStatus = payload.get("status", ticket.status)
    if status is ticket.status is TicketStatus.CLOSED:
        cause, resolution = payload.get("cause", ticket.cause), payload.get("resolution", ticket.resolution)
        management.set_resolution(work, caller, ticket, now, cause=cause, resolution=resolution)
        return
    require_open(ticket)
    cause, resolution = payload.get("cause"), payload.get("resolution")
    if status is TicketStatus.CLOSED:
        close_all(work, caller, [ticket], now, cause=cause, resolution=resolution)
    elif cause or resolution:
        raise TicketNotClosed
    else:
        management.set_status(work, caller, ticket, status, now)


def assign(
    work: UnitOfWork, caller: Caller, tickets: Sequence[Ticket], assignee_id: UUID | None, now: datetime
) -> None:
    """Assign locked tickets to one of support's active people, or to nobody. Raises `Invalid`."""
    if assignee_id is not None and not queries.is_staff(work.session, assignee_id):
        raise Invalid({"assignee_id": ["Must be one of those of /v1/staff."]})
    people = {ticket.assignee_id for ticket in tickets} | {assignee_id}
    names = queries.names(work.session, [person for person in people if person is not None])
    management.assign_all(work, caller, tickets, assignee_id, names, now)


def causes(session: Session, locale: str) -> list[CauseView]:
    """The causes that may be named, in the language `locale`."""
    return [cause_view(cause, locale) for cause in queries.causes(session)]


def view(session: Session, ticket: Ticket) -> ManagedView:
    """A ticket as support manages it."""
    if ticket.assignee_id is None:
        return managed_view(ticket, None)
    names = queries.names(session, [ticket.assignee_id])
    return managed_view(ticket, PersonView(ticket.assignee_id, names[ticket.assignee_id]))
