"""Closing, reopening and promoting a ticket: the state changes both sides can make."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.ticket_api.callers import Caller, Rule
from services.ticket_api.conversation import queries
from services.ticket_api.conversation.rules import WITHOUT_UNIT
from shared.correlation import current_correlation
from shared.errors import Forbidden, Invalid, TicketIsClosed, TicketNotClosed, TicketNotOpen, TicketNotParked
from shared.events import Event, RefundDue, TicketClosed, TicketReopened, TicketRequested
from shared.models import Ticket, TicketStatus, TimelineKind
from shared.outbox.publish import publish


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
    if ticket.status is TicketStatus.CLOSED:
        raise TicketIsClosed
    if ticket.status in WITHOUT_UNIT:
        raise TicketNotOpen
    if (cause or resolution) and not caller.is_support:
        raise Forbidden(needed=Rule.SUPPORT.value)
    refund = _refunds(session, cause)
    ticket.status, ticket.closed_at = TicketStatus.CLOSED, now
    ticket.cause, ticket.resolution = cause, resolution
    _touch(session, ticket, now)
    queries.add_entry(session, caller, ticket, TimelineKind.CLOSED, now, cause=cause, resolution=resolution)
    events: list[Event] = [
        TicketClosed(
            store_id=ticket.store_id,
            correlation_id=current_correlation(),
            ticket_id=ticket.id,
            number=ticket.number,
            actor_id=caller.person_id,
            cause=cause,
            resolution=resolution,
        )
    ]
    if refund:
        events.append(
            RefundDue(
                store_id=ticket.store_id,
                correlation_id=current_correlation(),
                subject_id=ticket.rating_id or ticket.id,
            )
        )
    publish(session, events)


def reopen(session: Session, caller: Caller, ticket: Ticket, now: datetime) -> None:
    """Go on with a locked, closed ticket; takes no unit. Raises `TicketNotClosed`."""
    if ticket.status is not TicketStatus.CLOSED:
        raise TicketNotClosed
    ticket.status, ticket.closed_at, ticket.cause, ticket.resolution = TicketStatus.OPEN, None, None, None
    _touch(session, ticket, now)
    queries.add_entry(session, caller, ticket, TimelineKind.REOPENED, now)
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
    )


def promote(session: Session, caller: Caller, ticket: Ticket, now: datetime) -> None:
    """Ask again for the unit of a locked, parked generic ticket. Raises `TicketNotParked`."""
    if ticket.status is not TicketStatus.PARKED:
        raise TicketNotParked
    ticket.status, ticket.parked_reason = TicketStatus.PENDING, None
    _touch(session, ticket, now)
    queries.add_entry(session, caller, ticket, TimelineKind.REQUESTED, now)
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
    )


def _touch(session: Session, ticket: Ticket, now: datetime) -> None:
    ticket.version += 1
    ticket.last_activity_at = now
    session.flush()


def _refunds(session: Session, cause: str | None) -> bool:
    if cause is None:
        return False
    found = queries.cause(session, cause)
    if found is None:
        raise Invalid({"cause": ["Must be one of those of /v1/causes."]})
    return found.refunds
