"""What support changes of a ticket: status, assignee, and why it was closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.ticket_api.tickets.rows import caller_entry, event_fields
from services.ticket_api.tickets.transitions import cause_refunds_unit, refund_event
from shared.db.models import Ticket, TicketStatus, TimelineEntry, TimelineKind
from shared.http.auth.callers import Caller
from shared.http.views import PersonView
from shared.messaging.events import TicketAssigned, TicketStatusChanged
from shared.messaging.outbox.unit_of_work import UnitOfWork


def set_status(work: UnitOfWork, caller: Caller, ticket: Ticket, status: TicketStatus, now: datetime) -> None:
    """Give a locked ticket another status than `closed`; the status it has already changes nothing."""
    before = ticket.status
    if status is before:
        return
    ticket.status, ticket.last_activity_at = status, now
    ticket.version += 1
    detail = {"from": before, "to": status}
    work.insert(TimelineEntry, [caller_entry(TimelineKind.STATUS, caller, ticket, now, detail)])
    event = TicketStatusChanged(
        **event_fields(caller, ticket),
        status=status,
    )
    work.publish([event])


def set_resolution(
    work: UnitOfWork,
    caller: Caller,
    ticket: Ticket,
    now: datetime,
    *,
    cause: str | None,
    resolution: str | None,
) -> None:
    """Give a locked, closed ticket its cause and improvement, or correct them.

    A unit that was given back stays given back. Raises `Invalid` for a cause that is not on the list.
    """
    if (cause, resolution) == (ticket.cause, ticket.resolution):
        return
    refund = cause != ticket.cause and cause_refunds_unit(work, cause)
    ticket.cause, ticket.resolution = cause, resolution
    ticket.version += 1
    detail = {"cause": cause, "resolution": resolution}
    work.insert(TimelineEntry, [caller_entry(TimelineKind.RESOLVED, caller, ticket, now, detail)])
    work.publish([refund_event(ticket)] if refund else [])


def assign_all(
    work: UnitOfWork,
    caller: Caller,
    tickets: Sequence[Ticket],
    assignee_id: UUID | None,
    names: Mapping[UUID, str],
    now: datetime,
) -> None:
    """Assign locked tickets to one of support's people, or to nobody, in a few statements for all of them.

    `names` holds the names of the new assignee and of all assignees before. Tickets that are theirs already
    stay as they are. Assigning is no activity: lists keep their order.
    """
    changed = [ticket for ticket in tickets if ticket.assignee_id != assignee_id]
    entries = []
    for ticket in changed:
        detail = {"from": person(ticket.assignee_id, names), "to": person(assignee_id, names)}
        ticket.assignee_id = assignee_id
        ticket.version += 1
        entries.append(caller_entry(TimelineKind.ASSIGNED, caller, ticket, now, detail))
    work.insert(TimelineEntry, entries)
    work.publish(
        TicketAssigned(
            **event_fields(caller, ticket),
            assignee_id=assignee_id,
        )
        for ticket in changed
    )


def person(person_id: UUID | None, names: Mapping[UUID, str]) -> PersonView | None:
    """A person in brief, as timelines and responses show them."""
    return PersonView(person_id, names[person_id]) if person_id else None
