"""Refunds units. A subject consumes a unit at most once and is refunded at most once, however often it runs.

A refunded subject still counts as a holder: its ticket, reopened or not, consumes no second unit, and closing
it again because of our fault refunds nothing more. A unit is refunded to the period that it was consumed in,
so a refund after the period's end adds nothing to the current one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.quota import queries
from shared.messaging.events import RefundDue


def refund(session: Session, due: Sequence[RefundDue], now: datetime) -> None:
    """Refund the unit of each subject in `due` that consumed one and was not refunded before.

    Announced thresholds stay announced. Raises `RuntimeError` if a period counts fewer units than its ledger.
    """
    subjects = [event.subject_id for event in due]
    queries.lock_consumed_periods(session, subjects)
    queries.refund(session, subjects, now)
