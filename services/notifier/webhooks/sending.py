"""Making claimed calls, all at once, and writing down what became of each."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.webhooks.calls import Call
from services.notifier.webhooks.client import Answer, Caller, SystemResolver
from shared.clock import now
from shared.config.settings import settings
from shared.db.bulk_insert import insert_rows
from shared.db.models import DeliveryOutcome, WebhookAttempt
from shared.db.transactions import transaction
from shared.ids import new_id
from shared.messaging.events import WebhookDisabled
from shared.messaging.outbox.publish import publish
from shared.observability.metrics import DELIVERIES

log = structlog.get_logger(__name__)

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
"""Waits between tries, as Standard Webhooks proposes: together a little over a day."""

PATIENCE = timedelta(days=5)
"""An endpoint where nothing succeeded for so long is disabled."""

USER_AGENT = "Botmeni-Webhooks/1"

_RECORD = text("""
    UPDATE webhook_deliveries SET outcome = :outcome, reason = :reason, claimed_until = NULL,
        due_at = coalesce(CAST(:due AS timestamptz), due_at),
        ended_at = CASE WHEN CAST(:due AS timestamptz) IS NULL THEN now() END
    WHERE id = :id AND outcome = 'sending' AND attempts = :attempt
""")

_WORKS = text("""
    UPDATE webhook_endpoints SET failing_since = NULL WHERE id = :id AND failing_since IS NOT NULL
""")

_FAILS = text("""
    UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, CAST(:now AS timestamptz))
    WHERE id = :id AND active RETURNING failing_since
""")

_DISABLE = text("""
    UPDATE webhook_endpoints SET active = false, disabled_at = :now, disabled_reason = :reason
    WHERE id = :id AND active RETURNING url
""")


class Done(NamedTuple):
    """A call, when it began, and its answer."""

    call: Call
    began: datetime
    answer: Answer


def send(calls: Sequence[Call], caller: Caller | None = None) -> None:
    """Make `calls`, claimed before, side by side; then record attempts and outcomes in one transaction.

    A worker that dies before the record makes them again when the claim ends, under the same `webhook-id`.
    """
    used = caller or Caller(SystemResolver(), seconds=settings().webhook_timeout_seconds)
    done = asyncio.run(_make(used, calls))
    with transaction() as session:
        insert_rows(session, WebhookAttempt, [_attempt(each) for each in done])
        # One order for all workers, so that none waits for another in a circle.
        outcomes = [
            _conclude(session, each)
            for each in sorted(done, key=lambda each: (each.call.endpoint_id, each.call.id))
        ]
    for each in done:
        log.info(
            "webhook_called",
            delivery=str(each.call.id),
            status=each.answer.status,
            correlation_id=each.call.correlation_id,
        )
    for outcome in outcomes:
        DELIVERIES.labels("webhook", outcome).inc()


async def _make(caller: Caller, calls: Sequence[Call]) -> list[Done]:
    async def make(call: Call) -> Done:
        began = now()
        headers = {"content-type": "application/json", "user-agent": USER_AGENT, **call.headers(began)}
        return Done(call, began, await caller.call(call.url, call.payload.encode(), headers))

    return list(await asyncio.gather(*map(make, calls)))


def _attempt(done: Done) -> dict[str, object]:
    return {
        "id": new_id(),
        "delivery_id": done.call.id,
        "store_id": done.call.store_id,
        "number": done.call.attempt,
        "started_at": done.began,
        "duration_ms": done.answer.duration_ms,
        "status": done.answer.status,
        "error": done.answer.error,
        "response": done.answer.response,
    }


def _conclude(session: Session, done: Done) -> str:
    """Write down what became of it: `sent`, `retried` or `failed`."""
    call, answer = done.call, done.answer
    if answer.accepted:
        _record(session, call, DeliveryOutcome.SENT)
        session.execute(_WORKS, {"id": call.endpoint_id})
        return "sent"
    if answer.gone:
        _record(session, call, DeliveryOutcome.FAILED, reason="gone")
        _disable(session, call, "gone")
        return "failed"
    outcome = "failed"
    if call.tried > len(WAITS):
        _record(session, call, DeliveryOutcome.FAILED, reason="gave_up")
    else:
        # Spread, so that calls that failed together do not come back together.
        wait = WAITS[call.tried - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - not a secret
        _record(session, call, DeliveryOutcome.WAITING, wait=wait)
        publish(session, [call.job], after=wait)
        outcome = "retried"
    failing_since = session.scalar(_FAILS, {"id": call.endpoint_id, "now": now()})
    if failing_since is not None and now() - failing_since >= PATIENCE:
        _disable(session, call, "failing")
    return outcome


def _record(
    session: Session,
    call: Call,
    outcome: DeliveryOutcome,
    *,
    reason: str | None = None,
    wait: timedelta | None = None,
) -> None:
    session.execute(
        _RECORD,
        {
            "id": call.id,
            "attempt": call.attempt,
            "outcome": outcome.value,
            "reason": reason,
            "due": None if wait is None else now() + wait,
        },
    )


def _disable(session: Session, call: Call, reason: str) -> None:
    url = session.scalar(_DISABLE, {"id": call.endpoint_id, "reason": reason, "now": now()})
    if url is not None:
        event = WebhookDisabled(store_id=call.store_id, endpoint_id=call.endpoint_id, url=url, reason=reason)
        publish(session, [event])
