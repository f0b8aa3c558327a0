"""Makes claimed webhook calls concurrently, and records attempts and outcomes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.webhooks.calls import WebhookCall
from services.notifier.webhooks.client import SystemResolver, WebhookClient, WebhookResponse
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

RETRY_DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
"""Back-off between attempts, as Standard Webhooks proposes: together a little over a day."""

DISABLE_AFTER = timedelta(days=5)
"""An endpoint is disabled when no call to it succeeded for this long."""

USER_AGENT = "Botmeni-Webhooks/1"

_UPDATE_DELIVERY = text("""
    UPDATE webhook_deliveries SET outcome = :outcome, reason = :reason, claimed_until = NULL,
        due_at = coalesce(CAST(:due AS timestamptz), due_at),
        ended_at = CASE WHEN CAST(:due AS timestamptz) IS NULL THEN now() END
    WHERE id = :id AND outcome = 'sending' AND attempts = :attempt
""")

_CLEAR_FAILING = text("""
    UPDATE webhook_endpoints SET failing_since = NULL WHERE id = :id AND failing_since IS NOT NULL
""")

_MARK_FAILING = text("""
    UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, CAST(:now AS timestamptz))
    WHERE id = :id AND active RETURNING failing_since
""")

_DISABLE = text("""
    UPDATE webhook_endpoints SET active = false, disabled_at = :now, disabled_reason = :reason
    WHERE id = :id AND active RETURNING url
""")


class CompletedCall(NamedTuple):
    """A call, when it started, and its response."""

    call: WebhookCall
    started_at: datetime
    response: WebhookResponse


def send(calls: Sequence[WebhookCall], client: WebhookClient | None = None) -> None:
    """Make claimed `calls` concurrently; then record all attempts and outcomes in one transaction.

    If the worker dies before that, the calls are made again when their claim ends, under the same
    `webhook-id`. `client`: by default one that uses the system's resolver.
    """
    client = client or WebhookClient(SystemResolver(), seconds=settings().webhook_timeout_seconds)
    completed = asyncio.run(_make(client, calls))
    with transaction() as session:
        insert_rows(session, WebhookAttempt, [_attempt_row(each) for each in completed])
        # All workers lock rows in the same order, so that they do not deadlock.
        outcomes = [
            _record_outcome(session, each)
            for each in sorted(completed, key=lambda each: (each.call.endpoint_id, each.call.id))
        ]
    for each in completed:
        log.info(
            "webhook_called",
            delivery=str(each.call.id),
            status=each.response.status,
            correlation_id=each.call.correlation_id,
        )
    for outcome in outcomes:
        DELIVERIES.labels("webhook", outcome).inc()


async def _make(client: WebhookClient, calls: Sequence[WebhookCall]) -> list[CompletedCall]:
    async def make(call: WebhookCall) -> CompletedCall:
        started_at = now()
        headers = {"content-type": "application/json", "user-agent": USER_AGENT, **call.headers(started_at)}
        return CompletedCall(call, started_at, await client.post(call.url, call.payload.encode(), headers))

    return list(await asyncio.gather(*map(make, calls)))


def _attempt_row(completed: CompletedCall) -> dict[str, object]:
    call, response = completed.call, completed.response
    return {
        "id": new_id(),
        "delivery_id": call.id,
        "store_id": call.store_id,
        "number": call.attempt,
        "started_at": completed.started_at,
        "duration_ms": response.duration_ms,
        "status": response.status,
        "error": response.error,
        "response": response.body_start,
    }


def _record_outcome(session: Session, completed: CompletedCall) -> str:
    """Record a call's outcome on its delivery and endpoint; returns `sent`, `retried` or `failed`."""
    call, response = completed.call, completed.response
    if response.accepted:
        _update_delivery(session, call, DeliveryOutcome.SENT)
        session.execute(_CLEAR_FAILING, {"id": call.endpoint_id})
        return "sent"
    if response.gone:
        _update_delivery(session, call, DeliveryOutcome.FAILED, reason="gone")
        _disable(session, call, "gone")
        return "failed"
    outcome = "failed"
    if call.attempt_in_round > len(RETRY_DELAYS):
        _update_delivery(session, call, DeliveryOutcome.FAILED, reason="gave_up")
    else:
        # Jitter, so that calls that failed together are not retried together.
        delay = RETRY_DELAYS[call.attempt_in_round - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - not a secret
        _update_delivery(session, call, DeliveryOutcome.WAITING, retry_after=delay)
        publish(session, [call.job], delay=delay)
        outcome = "retried"
    failing_since = session.scalar(_MARK_FAILING, {"id": call.endpoint_id, "now": now()})
    if failing_since is not None and now() - failing_since >= DISABLE_AFTER:
        _disable(session, call, "failing")
    return outcome


def _update_delivery(
    session: Session,
    call: WebhookCall,
    outcome: DeliveryOutcome,
    *,
    reason: str | None = None,
    retry_after: timedelta | None = None,
) -> None:
    session.execute(
        _UPDATE_DELIVERY,
        {
            "id": call.id,
            "attempt": call.attempt,
            "outcome": outcome.value,
            "reason": reason,
            "due": None if retry_after is None else now() + retry_after,
        },
    )


def _disable(session: Session, call: WebhookCall, reason: str) -> None:
    url = session.scalar(_DISABLE, {"id": call.endpoint_id, "reason": reason, "now": now()})
    if url is not None:
        event = WebhookDisabled(store_id=call.store_id, endpoint_id=call.endpoint_id, url=url, reason=reason)
        publish(session, [event])
