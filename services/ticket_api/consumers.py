"""Entry points of the ticket service for the outbox and for other services' messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.ticket_api.accounts.importing import import_stores as apply_stores
from services.ticket_api.attachments import lifecycle
from services.ticket_api.questions.importing import record as record_questions
from services.ticket_api.ratings import outcomes
from services.ticket_api.ratings.importing import record as record_ratings
from services.ticket_api.tickets import opening, parking
from shared.clock import now
from shared.db.transactions import transaction
from shared.http.idempotency import expiry
from shared.messaging.celery_app import app
from shared.messaging.events import AttachmentProcessed, QuotaDenied, QuotaGranted
from shared.messaging.inbound.inbox import reparse, save_message, save_unreadable
from shared.messaging.inbound_events import (
    RECEIVE_UNREADABLE,
    QuestionReceived,
    RatingReceived,
    StoreReceived,
    UnreadableMessage,
)
from shared.messaging.outbox.consumer import consumer
from shared.messaging.outbox.publish import publish
from shared.messaging.outbox.unit_of_work import unit_of_work
from shared.messaging.routes import Queue


@consumer("tickets.open", queue=Queue.TICKETS)
def open_tickets(session: Session, granted: Sequence[QuotaGranted]) -> None:
    """Open the ticket of each subject that holds a unit."""
    opened = opening.open_tickets(session, granted, now())
    outcomes.mark_ticketed(session, opened.rating_ids)
    publish(session, opened.events)


@consumer("tickets.park", queue=Queue.TICKETS)
def park(session: Session, denied: Sequence[QuotaDenied]) -> None:
    """Park each subject that got no unit."""
    publish(session, [*outcomes.park(session, denied), *parking.park_generic(session, denied, now())])


@consumer("questions.import", queue=Queue.INBOUND)
def import_questions(session: Session, received: Sequence[QuestionReceived]) -> None:
    """Record the questions that other services sent."""
    record_questions(session, [event.message for event in received], now())


@consumer("stores.import", queue=Queue.INBOUND)
def import_stores(session: Session, received: Sequence[StoreReceived]) -> None:
    """Apply the stores and people that the account service sent."""
    publish(session, apply_stores(session, received, now()))


@consumer("ratings.import", queue=Queue.INBOUND)
def import_ratings(session: Session, received: Sequence[RatingReceived]) -> None:
    """Record the ratings that other services sent for their people."""
    with unit_of_work(session) as work:
        record_ratings(work, received, now())


@consumer("messages.read", queue=Queue.INBOUND)
def reparse_messages(session: Session, unreadable: Sequence[UnreadableMessage]) -> None:
    """Parse again what could not be read; it is dead, with the reason, until an operator retries it."""
    publish(session, [reparse(event) for event in unreadable])


@consumer("attachments.settle", queue=Queue.TICKETS)
def settle_attachments(session: Session, processed: Sequence[AttachmentProcessed]) -> None:
    """Record the results of processing uploads."""
    publish(session, lifecycle.apply_results(session, processed))


@app.task(name="questions.record")
def receive_question(message: dict[str, Any]) -> None:
    """Store a message of another service as it came; a consumer validates it once it is stored."""
    save_message(QuestionReceived, message)


@app.task(name="stores.sync")
def receive_store(message: dict[str, Any]) -> None:
    """Store a message of the account service as it came; a consumer validates it once it is stored."""
    save_message(StoreReceived, message)


@app.task(name="ratings.record")
def receive_rating(message: dict[str, Any]) -> None:
    """Store a message of another service as it came; a consumer validates it once it is stored."""
    save_message(RatingReceived, message)


@app.task(name=RECEIVE_UNREADABLE)
def receive_unreadable(text: str, size: int) -> None:
    """Store what arrived on other services' queue and is no message, so that an operator sees it."""
    save_unreadable(text, size)


@app.task(name="attachments.expire")
def expire_attachments() -> None:
    """Delete uploads that nobody attached in time; sent by beat every quarter of an hour."""
    with transaction() as session:
        publish(session, lifecycle.expire(session, now()))


@app.task(name="answers.forget")
def delete_expired_responses() -> None:
    """Delete responses stored under idempotency keys for long enough; sent by beat every hour."""
    deleted = expiry.BATCH
    while deleted == expiry.BATCH:
        with transaction() as session:
            deleted = expiry.delete_expired_responses(session, now())
