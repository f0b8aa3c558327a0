"""Closing, reopening and promoting a ticket: the state changes both sides can make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.ticket_api.conversation import queries
from services.ticket_api.conversation.rules import WITHOUT_UNIT
from shared.db.models import Ticket, TicketStatus, TimelineEntry, TimelineKind
from shared.errors import Invalid, TicketIsClosed, TicketNotClosed, TicketNotOpen, TicketNotParked
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.messaging.events import Event, RefundDue, TicketClosed, TicketReopened, TicketRequested
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import current_correlation


def close(
    session: Session,
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
    close_all(session, caller, [ticket], now, cause=cause, resolution=resolution)


def require_open(ticket: Ticket) -> None:
    """Let a ticket pass whose conversation goes on. Raises `TicketIsClosed`, `TicketNotOpen`."""
    if ticket.status is TicketStatus.CLOSED:
        raise TicketIsClosed
    if ticket.status in WITHOUT_UNIT:
        raise TicketNotOpen


def close_all(
    session: Session,
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
    refund = gives_back(session, cause)
    entries, events = [], list[Event]()
    for ticket in tickets:
        ticket.status, ticket.closed_at = TicketStatus.CLOSED, now
        ticket.cause, ticket.resolution = cause, resolution
        _touch(ticket, now)
        entries.append(
            queries.entry(caller, ticket, TimelineKind.CLOSED, now, cause=cause, resolution=resolution)
        )
        events.append(
            TicketClosed(
                store_id=ticket.store_id,
                correlation_id=current_correlation(),
                ticket_id=ticket.id,
                number=ticket.number,
                actor_id=caller.person_id,
                cause=cause,
                resolution=resolution,
            )
        )
    session.flush()
    events += [refund_of(ticket) for ticket in tickets] if refund else []
    publish(session, events, along_with=[(TimelineEntry, entries)])


def reopen(session: Session, caller: Caller, ticket: Ticket, now: datetime) -> None:
    """Go on with a locked, closed ticket; takes no unit. Raises `TicketNotClosed`."""
    if ticket.status is not TicketStatus.CLOSED:
        raise TicketNotClosed
    ticket.status, ticket.closed_at, ticket.cause, ticket.resolution = TicketStatus.OPEN, None, None, None
    _touch(ticket, now)
    session.flush()
    entry = queries.entry(caller, ticket, TimelineKind.REOPENED, now)
    publish(
        session,
        [
            TicketReopened(
                store_id=ticket.store_id,
                correlation_id=current_correlation(),
                ticket_id=ticket.id,
                number=ticket.number,
                actor_id=caller.person_id,
            )
        ],
        along_with=[(TimelineEntry, [entry])],
    )


def promote(session: Session, caller: Caller, ticket: Ticket, now: datetime) -> None:
    """Ask again for the unit of a locked, parked generic ticket. Raises `TicketNotParked`."""
    if ticket.status is not TicketStatus.PARKED:
        raise TicketNotParked
    ticket.status, ticket.parked_reason = TicketStatus.PENDING, None
    _touch(ticket, now)
    session.flush()
    entry = queries.entry(caller, ticket, TimelineKind.REQUESTED, now)
    publish(
        session,
        [
            TicketRequested(
                store_id=ticket.store_id,
                correlation_id=current_correlation(),
                subject_id=ticket.id,
                actor_id=caller.person_id,
                promoted=True,
            )
        ],
        along_with=[(TimelineEntry, [entry])],
    )


def gives_back(session: Session, cause: str | None) -> bool:
    """Whether `cause` is our own fault. Raises `Invalid` for one that is not on the list."""
    if cause is None:
        return False
    found = queries.cause(session, cause)
    if found is None:
        raise Invalid({"cause": ["Must be one of those of /v1/causes."]})
    return found.refunds


def refund_of(ticket: Ticket) -> RefundDue:
    """What has the ticket's unit given back."""
    return RefundDue(
        store_id=ticket.store_id,
        correlation_id=current_correlation(),
        subject_id=ticket.rating_id or ticket.id,
    )


def _touch(ticket: Ticket, now: datetime) -> None:
    ticket.version += 1
    ticket.last_activity_at = now
