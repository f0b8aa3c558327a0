"""Consumers of the quota service, run by Celery workers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.orm import Session

from services.quota import decision_metrics, decisions, periods, refunds
from shared.clock import now
from shared.messaging.events import RefundDue, StorePlanChanged, UnitEvent
from shared.messaging.outbox.batch import AfterCommit
from shared.messaging.outbox.consumer import consumer
from shared.messaging.outbox.publish import publish
from shared.messaging.routes import Queue


@consumer("quota.check", queue=Queue.QUOTA)
def check(session: Session, requests: Sequence[UnitEvent]) -> AfterCommit:
    """Grant or deny a unit to each request for a ticket, and publish the decisions."""
    events = decisions.decide_and_consume(session, requests, now())
    publish(session, events)
    return partial(decision_metrics.count, events)


@consumer("quota.refund", queue=Queue.QUOTA)
def refund(session: Session, due: Sequence[RefundDue]) -> None:
    """Refund units."""
    refunds.refund(session, due, now())


@consumer("quota.apply_plan", queue=Queue.QUOTA)
def apply_plan(session: Session, changes: Sequence[StorePlanChanged]) -> None:
    """Raise the limits of current periods to those of better plans."""
    periods.raise_limits_to_plan(session, changes, now())
