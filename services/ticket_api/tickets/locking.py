"""Tickets held for a change until the transaction ends.

The lock is FOR NO KEY UPDATE (`key_share=True`), as everywhere in the services: FOR UPDATE conflicts with
the key share that a foreign key's check takes on the ticket, so somebody who replied and marked the ticket
read at once deadlocked.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.db.models import Ticket
from shared.errors import NotFound
from shared.http.auth.callers import Caller
from shared.http.auth.store_scope import visible


def lock(session: Session, caller: Caller, ticket_id: UUID) -> Ticket:
    """Lock a ticket that `caller` may see. Raises `NotFound`."""
    statement = visible(select(Ticket).where(Ticket.id == ticket_id), Ticket, caller)
    ticket = session.scalar(statement.with_for_update(key_share=True))
    if ticket is None:
        raise NotFound
    return ticket


def lock_all(session: Session, caller: Caller, ticket_ids: Collection[UUID]) -> dict[UUID, Ticket]:
    """Lock those of `ticket_ids` that `caller` may see, in the order of their ids; by id."""
    statement = visible(select(Ticket).where(Ticket.id.in_(ticket_ids)), Ticket, caller)
    rows = session.scalars(statement.order_by(Ticket.id).with_for_update(key_share=True))
    return {ticket.id: ticket for ticket in rows}


def lock_of_rating(session: Session, rating_id: UUID) -> Ticket | None:
    """Lock the ticket that a rating led to, if it led to one."""
    return session.scalar(select(Ticket).where(Ticket.rating_id == rating_id).with_for_update(key_share=True))
