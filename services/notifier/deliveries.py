"""Delivering what reaches people outside the page: claimed in one transaction, sent after it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from services.notifier.channels.email import claiming as emails
from services.notifier.channels.email import sending
from shared.events import DeliveryDue
from shared.outbox.handling import AfterCommit
from shared.outbox.publish import publish

LATECOMER_SECONDS = 30
"""How long after the claim's end somebody looks: more than two machines' clocks may differ."""


def deliver(session: Session, due: Sequence[DeliveryDue]) -> AfterCommit | None:
    """Claim what of `due` still is to be delivered; returns what delivers it once the claim is committed.

    A second job for each, due when its claim ends, finds out whether that was done.
    """
    mails = emails.claim(session, [job.delivery_id for job in due if job.channel == "email"])
    if not mails:
        return None
    look_again = timedelta(seconds=emails.CLAIM_SECONDS + LATECOMER_SECONDS)
    publish(session, map(sending.job, mails), after=look_again)
    return functools.partial(sending.send, mails)
