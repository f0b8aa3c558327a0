"""Sends claimed e-mails, and records the outcome of each as soon as it is known.

An e-mail counts as sent only after the server accepted all of it. If the worker dies between that and the
record, the e-mail is sent again when its claim ends: at least once, under the same Message-ID.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import timedelta
from email.utils import parseaddr

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.email import refused_addresses
from services.notifier.email.composing import compose
from services.notifier.email.outgoing import OutgoingEmail
from services.notifier.email.smtp import SmtpClient, SmtpOutcome, SmtpReply
from shared.clock import now
from shared.config.settings import settings
from shared.db.models import DeliveryOutcome
from shared.db.transactions import transaction
from shared.messaging.events import DeliveryDue
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import log_fields
from shared.observability.metrics import DELIVERIES

log = structlog.get_logger(__name__)

RETRY_DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 480))
"""Back-off between attempts: together just under a day."""

MAX_BATCH_SECONDS = 30
"""After this long no further e-mail of the batch is begun, well before the worker's time limit."""

_UPDATE_DELIVERY = text("""
    UPDATE email_deliveries SET outcome = :outcome, reason = :reason, last_response = :response,
        due_at = coalesce(CAST(:due AS timestamptz), due_at), claimed_until = NULL,
        ended_at = CASE WHEN CAST(:due AS timestamptz) IS NULL THEN now() END
    WHERE id = :id AND outcome = 'sending' AND attempts = :attempt
""")


def send(emails: Sequence[OutgoingEmail]) -> None:
    """Send claimed `emails` one after another over one connection, each recorded in its own transaction."""
    config = settings()
    sender = parseaddr(config.email_from)[1]
    deadline = time.monotonic() + MAX_BATCH_SECONDS
    domain = sender.rpartition("@")[2]
    with SmtpClient(config.smtp_url, timeout=config.smtp_timeout_seconds, name=domain) as client:
        for email in emails:
            if time.monotonic() > deadline:
                reply = SmtpReply(
                    SmtpOutcome.TEMPORARY_FAILURE, "not begun: the e-mails before it took too long"
                )
            else:
                reply = _send_one(client, sender, email)
            _record_outcome(email, reply)


def _send_one(client: SmtpClient, sender: str, email: OutgoingEmail) -> SmtpReply:
    try:
        message = compose(email).as_bytes()
    except ValueError as error:
        return SmtpReply(SmtpOutcome.ADDRESS_REFUSED, f"no header can hold this address: {error}")
    return client.send(sender, email.address, message)


def _record_outcome(email: OutgoingEmail, reply: SmtpReply) -> None:
    for ids in log_fields(email.correlation_ids):
        log.info(
            "email_tried", delivery=str(email.id), attempt=email.attempt, outcome=reply.outcome.value, **ids
        )
    metric = "failed"
    with transaction() as session:
        match reply.outcome:
            case SmtpOutcome.ACCEPTED:
                _update_delivery(session, email, reply, DeliveryOutcome.SENT)
                metric = "sent"
            case SmtpOutcome.TEMPORARY_FAILURE:
                metric = _retry_or_fail(session, email, reply)
            case SmtpOutcome.ADDRESS_REFUSED:
                _update_delivery(session, email, reply, DeliveryOutcome.FAILED, reason="address_refused")
                refused_addresses.record(session, email.address, reply.text)
            case SmtpOutcome.MESSAGE_REFUSED:
                _update_delivery(session, email, reply, DeliveryOutcome.FAILED, reason="message_refused")
    DELIVERIES.labels("email", metric).inc()


def _retry_or_fail(session: Session, email: OutgoingEmail, reply: SmtpReply) -> str:
    """Schedule the next attempt, or give up after the last one; returns `retried` or `failed`."""
    if email.attempt > len(RETRY_DELAYS):
        _update_delivery(session, email, reply, DeliveryOutcome.FAILED, reason="gave_up")
        return "failed"
    # Jitter, so that e-mails that failed together are not retried together.
    delay = RETRY_DELAYS[email.attempt - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - not a secret
    _update_delivery(session, email, reply, DeliveryOutcome.WAITING, retry_after=delay)
    publish(session, [job(email)], delay=delay)
    return "retried"


def _update_delivery(
    session: Session,
    email: OutgoingEmail,
    reply: SmtpReply,
    outcome: DeliveryOutcome,
    *,
    reason: str | None = None,
    retry_after: timedelta | None = None,
) -> None:
    session.execute(
        _UPDATE_DELIVERY,
        {
            "id": email.id,
            "attempt": email.attempt,
            "outcome": outcome.value,
            "reason": reason,
            "response": reply.text.replace("\0", ""),
            "due": None if retry_after is None else now() + retry_after,
        },
    )


def job(email: OutgoingEmail) -> DeliveryDue:
    """The job that delivers `email`."""
    correlation_id = email.correlation_ids[-1] if email.correlation_ids else ""
    return DeliveryDue(
        store_id=email.store_id, correlation_id=correlation_id, channel="email", delivery_id=email.id
    )
