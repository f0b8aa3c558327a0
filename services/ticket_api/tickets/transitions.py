"""Closing, reopening and promoting a ticket: the state changes that both sides can make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from services.ticket_api.tickets.rows import caller_entry, event_fields
from shared.db.models import Cause, Ticket, TicketStatus, TimelineEntry, TimelineKind
from shared.errors import Invalid, TicketIsClosed, TicketNotClosed, TicketNotOpen, TicketNotParked
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.messaging.events import RefundDue, TicketClosed, TicketReopened, TicketUnitRequested
from shared.messaging.outbox.unit_of_work import UnitOfWork
from shared.observability.correlation import current_correlation

WITHOUT_UNIT = frozenset({TicketStatus.PENDING, TicketStatus.PARKED})


def require_unit(ticket: Ticket) -> None:
    """Raise `TicketNotOpen` for a ticket that holds no unit yet."""
    if ticket.status in WITHOUT_UNIT:
        raise TicketNotOpen


def require_open(ticket: Ticket) -> None:
    """Raise `TicketIsClosed` or `TicketNotOpen` for a ticket whose conversation does not go on."""
    if ticket.status is TicketStatus.CLOSED:
        raise TicketIsClosed
    require_unit(ticket)


def close(
    work: UnitOfWork,
    caller: Caller,
    ticket: Ticket,
    now: datetime,
    *,
    cause: str | None = None,
    resolution: str | None = None,
) -> None:
    """Close a locked ticket; support may name the cause and the improvement applied.

    A cause that is our own fault gives the unit back. Raises `TicketIsClosed`, `TicketNotOpen`,
    `Forbidden` where a store names a cause, `Invalid` for a cause that is not on the list.
    """
    require_open(ticket)
    if cause or resolution:
        Permission.SUPPORT.require(caller)
    close_all(work, caller, [ticket], now, cause=cause, resolution=resolution)


def close_all(
    work: UnitOfWork,
    caller: Caller,
    tickets: Sequence[Ticket],
    now: datetime,
    *,
    cause: str | None,
    resolution: str | None,
) -> None:
    """Close locked tickets that passed `require_open`, in a few statements for all of them.

    Raises `Invalid` for a cause that is not on the list.
    """
    refund = cause_refunds_unit(work, cause)
    for ticket in tickets:
        ticket.status, ticket.closed_at = TicketStatus.CLOSED, now
        ticket.cause, ticket.resolution = cause, resolution
        _touch(ticket, now)
    detail = {"cause": cause, "resolution": resolution}
    work.insert(
        TimelineEntry, [caller_entry(TimelineKind.CLOSED, caller, ticket, now, detail) for ticket in tickets]
    )
    work.publish(
        TicketClosed(
            **event_fields(caller, ticket),
            cause=cause,
            resolution=resolution,
        )
        for ticket in tickets
    )
    if refund:
        work.publish(refund_event(ticket) for ticket in tickets)


def reopen(work: UnitOfWork, caller: Caller, ticket: Ticket, now: datetime) -> None:
    """Reopen a closed ticket, whose row the caller has locked; takes no unit. Raises `TicketNotClosed`."""
    if ticket.status is not TicketStatus.CLOSED:
        raise TicketNotClosed
    ticket.status, ticket.closed_at, ticket.cause, ticket.resolution = TicketStatus.OPEN, None, None, None
    _touch(ticket, now)
    work.insert(TimelineEntry, [caller_entry(TimelineKind.REOPENED, caller, ticket, now)])
    work.publish([TicketReopened(**event_fields(caller, ticket))])


def promote(work: UnitOfWork, caller: Caller, ticket: Ticket, now: datetime) -> None:
    """Ask again for the unit of a locked, parked generic ticket. Raises `TicketNotParked`."""
    if ticket.status is not TicketStatus.PARKED:
        raise TicketNotParked
    ticket.status, ticket.parked_reason = TicketStatus.PENDING, None
    _touch(ticket, now)
    work.insert(TimelineEntry, [caller_entry(TimelineKind.REQUESTED, caller, ticket, now)])
    event = TicketUnitRequested(
        store_id=ticket.store_id,
        correlation_id=current_correlation(),
        subject_id=ticket.id,
        actor_id=caller.person_id,
        promoted=True,
    )
    work.publish([event])


def cause_refunds_unit(work: UnitOfWork, cause: str | None) -> bool:
    """Whether closing with `cause` gives the unit back. Raises `Invalid` for one that is not on the list."""
    if cause is None:
        return False
    found = work.session.scalar(select(Cause).where(Cause.code == cause, Cause.active))
    if found is None:
        raise Invalid({"cause": ["Must be one of those of /v1/causes."]})
    return found.refunds


def refund_event(ticket: Ticket) -> RefundDue:
    """The event that has the ticket's unit given back."""
    return RefundDue(
        store_id=ticket.store_id,
        correlation_id=current_correlation(),
        subject_id=ticket.rating_id or ticket.id,
    )


def _touch(ticket: Ticket, now: datetime) -> None:
    ticket.version += 1
    ticket.last_activity_at = now
