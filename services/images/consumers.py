"""Consumers and the periodic task of the images service, run by Celery workers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.images import pipeline, sweeping
from shared.clock import now
from shared.db.transactions import transaction
from shared.messaging.celery_app import app
from shared.messaging.events import AttachmentEvent, AttachmentUploaded
from shared.messaging.outbox.consumer import consumer
from shared.messaging.outbox.publish import publish
from shared.messaging.routes import Queue


@consumer("images.process", queue=Queue.IMAGES)
def process(session: Session, uploads: Sequence[AttachmentUploaded]) -> None:
    """Make the variants of each uploaded picture, or refuse it; publishes the result."""
    publish(session, [pipeline.process(upload) for upload in uploads])


@consumer("images.discard", queue=Queue.IMAGES)
def discard(session: Session, events: Sequence[AttachmentEvent]) -> None:  # noqa: ARG001 - the signature of consumers
    """Delete objects that are no longer needed from the storage."""
    pipeline.discard(events)


@app.task(name="images.sweep")
def sweep() -> None:
    """Delete orphaned originals; Celery beat sends it every hour."""
    with transaction() as session:
        sweeping.sweep(session, now())
