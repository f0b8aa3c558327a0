"""Doors of the notifier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from services.notifier import dispatch
from services.notifier.fan_out.statement import tell
from services.notifier.stream import wakeup
from services.notifier.webhooks import enqueue as webhooks
from shared.clock import now
from shared.config.settings import settings
from shared.messaging.events import DeliveryDue, Event
from shared.messaging.outbox.batch import AfterCommit
from shared.messaging.outbox.consumer import consumer
from shared.messaging.outbox.publish import publish
from shared.messaging.routes import Queue
from shared.observability.metrics import DELIVERIES


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
    return dispatch.deliver(session, due)
