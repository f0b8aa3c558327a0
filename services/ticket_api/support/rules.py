"""Managing one ticket: status, assignee, and why it was closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.conversation import queries as conversation
from services.ticket_api.conversation.rules import WITHOUT_UNIT, locked
from services.ticket_api.conversation.transitions import close_all, gives_back, refund_of, require_open
from services.ticket_api.support import queries
from shared.db.models import Ticket, TicketStatus, TimelineEntry, TimelineKind
from shared.errors import Invalid, TicketNotClosed, TicketNotOpen
from shared.http.auth.callers import Caller
from shared.messaging.events import TicketAssigned, TicketStatusChanged
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import current_correlation


def find(session: Session, caller: Caller, ticket_id: UUID) -> Ticket:
    """The ticket, held until the transaction ends, where it is one to manage.

    Raises `NotFound`, and `TicketNotOpen` for one that holds no unit yet.
    """
    ticket = locked(session, caller, ticket_id)
    require_unit(ticket)
    return ticket


def require_unit(ticket: Ticket) -> None:
    """Let a ticket pass that holds its unit, closed or not. Raises `TicketNotOpen`."""
    if ticket.status in WITHOUT_UNIT:
        raise TicketNotOpen


def manage(
    session: Session, caller: Caller, ticket: Ticket, payload: Mapping[str, Any], now: datetime
) -> None:
    """Change a locked ticket as `payload` says: any of status, assignee_id, cause, resolution.

    What is so already changes nothing. Raises `TicketIsClosed` for another status of a closed ticket,
    `TicketNotClosed` for a cause or resolution of one that stays open, `Invalid` for an unknown assignee
    or cause.
    """
    if "assignee_id" in payload:
        require_staff(session, payload["assignee_id"])
        assign_all(session, caller, [ticket], payload["assignee_id"], now)
    status: TicketStatus = payload.get("status", ticket.status)
    if status is ticket.status is TicketStatus.CLOSED:
        _explain(session, caller, ticket, payload, now)
        return
    require_open(ticket)
    cause, resolution = payload.get("cause"), payload.get("resolution")
    if status is TicketStatus.CLOSED:
        close_all(session, caller, [ticket], now, cause=cause, resolution=resolution)
    elif cause or resolution:
        raise TicketNotClosed
    else:
        _set_status(session, caller, ticket, status, now)


def _set_status(
    session: Session, caller: Caller, ticket: Ticket, status: TicketStatus, now: datetime
) -> None:
    before = ticket.status
    if status is before:
        return
    ticket.status, ticket.last_activity_at = status, now
    ticket.version += 1
    session.flush()
    detail: dict[str, Any] = {"from": before, "to": status}
    entry = conversation.entry(caller, ticket, TimelineKind.STATUS, now, **detail)
    publish(
        session,
        [
            TicketStatusChanged(
                store_id=ticket.store_id,
                correlation_id=current_correlation(),
                ticket_id=ticket.id,
                number=ticket.number,
                actor_id=caller.person_id,
                status=status,
            )
        ],
        along_with=[(TimelineEntry, [entry])],
    )


def _explain(
    session: Session, caller: Caller, ticket: Ticket, payload: Mapping[str, Any], now: datetime
) -> None:
    """Name cause and improvement of a closed ticket, or correct them; a unit given back stays given back."""
    cause = payload.get("cause", ticket.cause)
    resolution = payload.get("resolution", ticket.resolution)
    if (cause, resolution) == (ticket.cause, ticket.resolution):
        return
    refund = cause != ticket.cause and gives_back(session, cause)
    ticket.cause, ticket.resolution = cause, resolution
    ticket.version += 1
    session.flush()
    entry = conversation.entry(caller, ticket, TimelineKind.RESOLVED, now, cause=cause, resolution=resolution)
    publish(session, [refund_of(ticket)] if refund else [], along_with=[(TimelineEntry, [entry])])


def require_staff(session: Session, assignee_id: UUID | None) -> None:
    """Let nobody pass, and support's active people. Raises `Invalid`."""
    if assignee_id is not None and not queries.is_staff(session, assignee_id):
        raise Invalid({"assignee_id": ["Must be one of those of /v1/staff."]})


def assign_all(
    session: Session, caller: Caller, tickets: Sequence[Ticket], assignee_id: UUID | None, now: datetime
) -> None:
    """Give locked tickets to one of support's people, or to nobody, in a few statements for all of them.

    Those that are theirs already stay as they are. It is no activity: lists keep their order.
    """
    changed = [ticket for ticket in tickets if ticket.assignee_id != assignee_id]
    people = {ticket.assignee_id for ticket in changed} | {assignee_id}
    names = queries.names(session, [person for person in people if person is not None])
    taker = _person(assignee_id, names)
    entries, events = [], []
    for ticket in changed:
        detail: dict[str, Any] = {"from": _person(ticket.assignee_id, names), "to": taker}
        ticket.assignee_id = assignee_id
        ticket.version += 1
        entries.append(conversation.entry(caller, ticket, TimelineKind.ASSIGNED, now, **detail))
        events.append(
            TicketAssigned(
                store_id=ticket.store_id,
                correlation_id=current_correlation(),
                ticket_id=ticket.id,
                number=ticket.number,
                actor_id=caller.person_id,
                assignee_id=assignee_id,
            )
        )
    session.flush()
    publish(session, events, along_with=[(TimelineEntry, entries)])


def causes(session: Session, locale: str) -> list[dict[str, Any]]:
    """The causes that may be named, in the language `locale`."""
    return [
        {
            "code": cause.code,
            "name": cause.name_en if locale == "en" else cause.name_es,
            "refunds": cause.refunds,
        }
        for cause in queries.causes(session)
    ]


def view(session: Session, ticket: Ticket) -> dict[str, Any]:
    """A ticket as support manages it."""
    assignee = ticket.assignee_id
    names = queries.names(session, [assignee] if assignee else [])
    return vars(ticket) | {"assignee": _person(assignee, names)}


def _person(person_id: UUID | None, names: Mapping[UUID, str]) -> dict[str, Any] | None:
    return {"id": person_id, "name": names[person_id]} if person_id else None
