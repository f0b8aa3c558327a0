"""Doors of the notifier."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.notifier.telling import tell
from shared.clock import now
from shared.events import Event
from shared.outbox.consumer import consumer
from shared.routes import Queue


@consumer("notifier.fan_out", queue=Queue.NOTIFICATIONS)
def fan_out(session: Session, events: Sequence[Event]) -> None:
    """Tell everyone who has a part in what happened."""
    tell(session, events, now())
