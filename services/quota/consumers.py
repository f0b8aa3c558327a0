"""Doors of the quota service."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.orm import Session

from services.quota import counting, ledger, periods, refunds
from shared.clock import now
from shared.messaging.events import RefundDue, StorePlanChanged, UnitRequested
from shared.messaging.outbox.batch import AfterCommit
from shared.messaging.outbox.consumer import consumer
from shared.messaging.outbox.publish import publish
from shared.messaging.routes import Queue


@consumer("quota.check", queue=Queue.QUOTA)
def check(session: Session, asks: Sequence[UnitRequested]) -> AfterCommit:
    """Grant or deny a unit to each asker."""
    told = ledger.check(session, asks, now())
    publish(session, told)
    return partial(counting.count, told)


@consumer("quota.refund", queue=Queue.QUOTA)
def refund(session: Session, due: Sequence[RefundDue]) -> None:
    """Give units back."""
    refunds.refund(session, due, now())


@consumer("quota.apply_plan", queue=Queue.QUOTA)
def apply_plan(session: Session, changes: Sequence[StorePlanChanged]) -> None:
    """Let better plans act at once."""
    periods.apply_plan(session, changes, now())
