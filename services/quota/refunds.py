"""Giving units back. A subject's unit is taken once and given back once, whatever is asked again.

A refunded subject still counts as a holder: its ticket goes on, reopened or not, without a second unit, and
closing it once more for our own fault gives nothing more back. The unit returns to the period it was taken
in, so one that is refunded after its period ended adds nothing to the present one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.quota import queries
from shared.messaging.events import RefundDue


def refund(session: Session, due: Sequence[RefundDue], now: datetime) -> None:
    """Give back the unit of each subject that holds one and was not refunded before.

    Thresholds stay announced. Raises `RuntimeError` where a period counts fewer units than its ledger.
    """
    subjects = [event.subject_id for event in due]
    queries.lock_periods_of(session, subjects)
    queries.give_back(session, subjects, now)
