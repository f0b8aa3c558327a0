"""Doors of the notifier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from services.notifier import deliveries
from services.notifier.channels.webhook import adding as webhooks
from services.notifier.live import wakeup
from services.notifier.telling import tell
from shared.clock import now
from shared.events import DeliveryDue, Event
from shared.metrics import DELIVERIES
from shared.outbox.consumer import consumer
from shared.outbox.handling import AfterCommit
from shared.outbox.publish import publish
from shared.routes import Queue
from shared.settings import settings


@consumer("notifier.fan_out", queue=Queue.NOTIFICATIONS)
def fan_out(session: Session, events: Sequence[Event]) -> AfterCommit:
    """Tell everyone who has a part in what happened; those who have the page open hear of it at once."""
    moment = now()
    told = tell(session, events, moment)
    publish(session, told.mails, after=timedelta(seconds=settings().email_grace_seconds))
    publish(session, webhooks.add(session, events, moment))

    def after() -> None:
        DELIVERIES.labels("in_app", "sent").inc(told.in_app)
        wakeup.wake()

    return after


@consumer("notifier.deliver", queue=Queue.DELIVERIES)
def deliver(session: Session, due: Sequence[DeliveryDue]) -> AfterCommit | None:
    """Hand over e-mails and webhook calls whose time has come."""
    return deliveries.deliver(session, due)
