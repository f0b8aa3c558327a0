"""Doors of the quota service."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.quota import ledger
from shared.clock import now
from shared.events import TicketAsked
from shared.outbox.consumer import consumer
from shared.outbox.publish import publish
from shared.routes import Queue


@consumer("quota.check", queue=Queue.QUOTA)
def check(session: Session, asks: Sequence[TicketAsked]) -> None:
    """Grant or deny a unit to each asker."""
    publish(session, ledger.check(session, asks, now()))
