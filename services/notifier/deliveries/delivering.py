"""Delivers what is due: deliveries are claimed in the consumer's transaction and sent after its commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.due import CLAIM_SECONDS, IS_DUE
from services.notifier.email import claiming as email_claims
from services.notifier.email import sending as emails
from services.notifier.webhooks import claiming as webhook_claims
from services.notifier.webhooks import sending as webhooks
from shared.messaging.events import DeliveryDue
from shared.messaging.outbox.batch import AfterCommit
from shared.messaging.outbox.publish import publish

CLAIM_MARGIN_SECONDS = 30
"""How long after the end of a claim its delivery is checked again: more than clocks may differ."""

_AFTER_CLAIM = timedelta(seconds=CLAIM_SECONDS + CLAIM_MARGIN_SECONDS)

LOCKED_RETRY_DELAY = timedelta(seconds=5)
"""Delay before retrying a delivery whose row is locked, such as by a fan-out that adds an event to it."""

_STILL_DUE = text(f"""
    SELECT d.id FROM (
        SELECT id, outcome, due_at, claimed_until FROM email_deliveries WHERE id = ANY(:ids)
        UNION ALL
        SELECT id, outcome, due_at, claimed_until FROM webhook_deliveries WHERE id = ANY(:ids)
    ) d
    WHERE {IS_DUE}
""")  # noqa: S608 - a constant


def deliver(session: Session, due: Sequence[DeliveryDue]) -> AfterCommit | None:
    """Claim those of `due` that are still due; returns the function that sends them, None for none.

    A second job for each is due when its claim ends. It retries the delivery if this worker died meanwhile.
    """
    mails = email_claims.claim(session, _ids_of(due, "email"))
    calls, postponed = webhook_claims.claim(session, _ids_of(due, "webhook"))
    publish(session, postponed, delay=webhook_claims.FAILING_ENDPOINT_DELAY)
    publish(session, _locked(session, due, postponed), delay=LOCKED_RETRY_DELAY)
    publish(session, map(emails.job, mails), delay=_AFTER_CLAIM)
    publish(session, [call.job for call in calls], delay=_AFTER_CLAIM)
    if not mails and not calls:
        return None

    def send() -> None:
        try:
            if calls:
                webhooks.send(calls)
        finally:
            if mails:
                emails.send(mails)

    return send


def _locked(
    session: Session, due: Sequence[DeliveryDue], postponed: Sequence[DeliveryDue]
) -> list[DeliveryDue]:
    """The jobs of deliveries that nobody claimed and that are due: other transactions lock their rows."""
    jobs = {job.delivery_id: job for job in due}
    for job in postponed:
        jobs.pop(job.delivery_id, None)
    return [jobs[id_] for id_ in session.scalars(_STILL_DUE, {"ids": list(jobs)})]


def _ids_of(due: Sequence[DeliveryDue], channel: str) -> list[UUID]:
    return [job.delivery_id for job in due if job.channel == channel]
