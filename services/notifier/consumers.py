"""Consumers of the notifier, run by Celery workers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from services.notifier.deliveries import delivering
from services.notifier.fan_out.statement import notify
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
    """Write everybody's notifications of `events`, and enqueue their e-mails and webhook calls.

    After the commit it wakes up the live stream, so that open pages show the notifications at once.
    """
    moment = now()
    result = notify(session, events, moment)
    publish(session, result.email_jobs, delay=timedelta(seconds=settings().email_grace_seconds))
    publish(session, webhooks.enqueue(session, events, moment))

    def after_commit() -> None:
        DELIVERIES.labels("in_app", "sent").inc(result.notification_count)
        wakeup.wake_up_streams()

    return after_commit


@consumer("notifier.deliver", queue=Queue.DELIVERIES)
def deliver(session: Session, due: Sequence[DeliveryDue]) -> AfterCommit | None:
    """Send the e-mails and make the webhook calls that are due."""
    return delivering.deliver(session, due)
