"""Sending claimed e-mails and writing down, one by one, what became of each.

Success is recorded only after the server took the whole e-mail; a worker that dies between the two sends it
again when its claim ends: at least once, under the same Message-ID.
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

from services.notifier.email import refusals
from services.notifier.email.composing import compose
from services.notifier.email.mails import Mail
from services.notifier.email.smtp import Reply, Server, Verdict
from shared.clock import now
from shared.config.settings import settings
from shared.db.models import DeliveryOutcome
from shared.db.transactions import transaction
from shared.messaging.events import DeliveryDue
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import log_fields
from shared.observability.metrics import DELIVERIES

log = structlog.get_logger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 480))
"""Waits between tries: together just under a day."""

BATCH_SECONDS = 30
"""E-mails not begun by then are left for another batch, well before the worker's time limit."""

_RECORD = text("""
    UPDATE email_deliveries SET outcome = :outcome, reason = :reason, last_response = :response,
        due_at = coalesce(CAST(:due AS timestamptz), due_at), claimed_until = NULL,
        ended_at = CASE WHEN CAST(:due AS timestamptz) IS NULL THEN now() END
    WHERE id = :id AND outcome = 'sending' AND attempts = :attempt
""")


def send(mails: Sequence[Mail]) -> None:
    """Send `mails`, claimed before, over one connection; record the outcome of each at once."""
    config = settings()
    sender = parseaddr(config.email_from)[1]
    until = time.monotonic() + BATCH_SECONDS
    name = sender.rpartition("@")[2]
    with Server(config.smtp_url, timeout=config.smtp_timeout_seconds, name=name) as server:
        for mail in mails:
            if time.monotonic() > until:
                _record(mail, Reply(Verdict.LATER, "not begun: the e-mails before it took too long"))
            else:
                _record(mail, _try(server, sender, mail))


def _try(server: Server, sender: str, mail: Mail) -> Reply:
    try:
        message = compose(mail).as_bytes()
    except ValueError as error:
        return Reply(Verdict.REFUSED_ADDRESS, f"no header can hold this address: {error}")
    return server.send(sender, mail.address, message)


def _record(mail: Mail, reply: Reply) -> None:
    for ids in log_fields(mail.correlations):
        log.info(
            "email_tried", delivery=str(mail.id), attempt=mail.attempt, verdict=reply.verdict.name, **ids
        )
    outcome = "failed"
    with transaction() as session:
        match reply.verdict:
            case Verdict.ACCEPTED:
                _write(session, mail, reply, DeliveryOutcome.SENT)
                outcome = "sent"
            case Verdict.LATER:
                outcome = _later(session, mail, reply)
            case Verdict.REFUSED_ADDRESS:
                _write(session, mail, reply, DeliveryOutcome.FAILED, reason="address_refused")
                refusals.record(session, mail.address, reply.text)
            case Verdict.REFUSED_MESSAGE:
                _write(session, mail, reply, DeliveryOutcome.FAILED, reason="message_refused")
    DELIVERIES.labels("email", outcome).inc()


def _later(session: Session, mail: Mail, reply: Reply) -> str:
    """Whether it is `retried` or has `failed`."""
    if mail.attempt > len(WAITS):
        _write(session, mail, reply, DeliveryOutcome.FAILED, reason="gave_up")
        return "failed"
    # Spread, so that e-mails that failed together do not come back together.
    wait = WAITS[mail.attempt - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - not a secret
    _write(session, mail, reply, DeliveryOutcome.WAITING, wait=wait)
    publish(session, [job(mail)], after=wait)
    return "retried"


def _write(
    session: Session,
    mail: Mail,
    reply: Reply,
    outcome: DeliveryOutcome,
    *,
    reason: str | None = None,
    wait: timedelta | None = None,
) -> None:
    session.execute(
        _RECORD,
        {
            "id": mail.id,
            "attempt": mail.attempt,
            "outcome": outcome.value,
            "reason": reason,
            "response": reply.text.replace("\0", ""),
            "due": None if wait is None else now() + wait,
        },
    )


def job(mail: Mail) -> DeliveryDue:
    """The job that tries `mail`."""
    correlation_id = mail.correlations[-1] if mail.correlations else ""
    return DeliveryDue(
        store_id=mail.store_id, correlation_id=correlation_id, channel="email", delivery_id=mail.id
    )
