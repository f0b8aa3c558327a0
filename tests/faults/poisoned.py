"""The system's Celery application with a consumer that dies of certain events, as of a bug in a C library.

For a worker: `celery --app tests.faults.poisoned worker`.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.ticket_api.tickets import parking
from shared.messaging.celery_app import app
from shared.messaging.events import QuotaDenied, TicketParked

__all__ = ["POISON", "app"]

POISON = "poison-0001"
"""The correlation id of what kills."""

_park_generic = parking.park_generic


def _park_or_die(session: Session, denied: Sequence[QuotaDenied], now: datetime) -> list[TicketParked]:
    if any(event.correlation_id == POISON for event in denied):
        os.kill(os.getpid(), signal.SIGKILL)
    return _park_generic(session, denied, now)


parking.park_generic = _park_or_die
