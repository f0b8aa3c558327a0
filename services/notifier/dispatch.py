"""Delivering what reaches people outside the page: claimed in one transaction, sent after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.deliveries.due import IS_DUE
from services.notifier.email import claiming as emails
from services.notifier.email import sending as post
from services.notifier.webhooks import claiming as webhooks
from services.notifier.webhooks import sending as calling
from shared.messaging.events import DeliveryDue
from shared.messaging.outbox.batch import AfterCommit
from shared.messaging.outbox.publish import publish

LATECOMER_SECONDS = 30
"""How long after a claim's end somebody looks: more than two machines' clocks may differ."""

HELD = timedelta(seconds=5)
"""How long a delivery waits that another transaction holds, as one does that folds something more into it."""

_HELD = text(f"""
    SELECT d.id FROM (
        SELECT id, outcome, due_at, claimed_until FROM email_deliveries WHERE id = ANY(:ids)
        UNION ALL
        SELECT id, outcome, due_at, claimed_until FROM webhook_deliveries WHERE id = ANY(:ids)
    ) d
    WHERE {IS_DUE}
""")  # noqa: S608 - a constant


def deliver(session: Session, due: Sequence[DeliveryDue]) -> AfterCommit | None:
    """Claim what of `due` still is to be delivered; returns what delivers it once the claim is committed.

    A second job for each, due when its claim ends, finds out whether that was done.
    """
    mails = emails.claim(session, _of(due, "email"))
    calls, later = webhooks.claim(session, _of(due, "webhook"))
    publish(session, later, after=webhooks.TURN)
    publish(session, _held(session, due, later), after=HELD)
    publish(session, map(post.job, mails), after=_after(emails.CLAIM_SECONDS))
    publish(session, [call.job for call in calls], after=_after(webhooks.CLAIM_SECONDS))
    if not mails and not calls:
        return None

    def send() -> None:
        try:
            if calls:
                calling.send(calls)
        finally:
            if mails:
                post.send(mails)

    return send


def _held(session: Session, due: Sequence[DeliveryDue], later: Sequence[DeliveryDue]) -> list[DeliveryDue]:
    """The jobs of what is due and was claimed by nobody: their rows were locked, and so passed over."""
    jobs = {job.delivery_id: job for job in due}
    for job in later:
        jobs.pop(job.delivery_id, None)
    return [jobs[id_] for id_ in session.scalars(_HELD, {"ids": list(jobs)})]


def _of(due: Sequence[DeliveryDue], channel: str) -> list[UUID]:
    return [job.delivery_id for job in due if job.channel == channel]


def _after(claim_seconds: int) -> timedelta:
    return timedelta(seconds=claim_seconds + LATECOMER_SECONDS)
