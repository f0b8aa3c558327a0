"""Claims due webhook deliveries, so that no two workers make the same call at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from services.notifier.due import CLAIM_SECONDS, IS_DUE
from services.notifier.webhooks.calls import WebhookCall
from shared.messaging.events import DeliveryDue

FAILING_ENDPOINT_DELAY = timedelta(seconds=30)
"""How long a delivery to a failing endpoint is postponed while another call to it is being made."""

_SELECT_DUE = text(f"""
    SELECT d.id, d.attempts, d.tries, d.endpoint_id, d.store_id, d.payload, d.correlation_id,
        w.url, w.active, w.failing_since IS NOT NULL AS failing,
        ARRAY(
            SELECT s.secret FROM webhook_secrets s
            WHERE s.endpoint_id = w.id AND (s.expires_at IS NULL OR s.expires_at > now())
            ORDER BY s.created_at DESC
        ) AS secrets,
        EXISTS (
            SELECT FROM webhook_deliveries other
            WHERE other.endpoint_id = w.id AND other.outcome = 'sending' AND other.claimed_until > now()
        ) AS being_called
    FROM webhook_deliveries d JOIN webhook_endpoints w ON w.id = d.endpoint_id
    WHERE d.id = ANY(:ids) AND ({IS_DUE})
    ORDER BY d.id FOR UPDATE OF d SKIP LOCKED
""")  # noqa: S608 - a constant

_DROP = text("""
    UPDATE webhook_deliveries SET outcome = 'dropped', reason = 'endpoint_disabled', claimed_until = NULL,
        ended_at = now()
    WHERE id = ANY(:ids)
""")

_CLAIM = text("""
    UPDATE webhook_deliveries SET outcome = 'sending', attempts = attempts + 1, tries = tries + 1,
        claimed_until = now() + make_interval(secs => :seconds)
    WHERE id = ANY(:ids)
""")


class ClaimResult(NamedTuple):
    """The calls to make now, and the jobs to publish again after `FAILING_ENDPOINT_DELAY`."""

    calls: list[WebhookCall]
    postponed: list[DeliveryDue]


def claim(session: Session, ids: Sequence[UUID]) -> ClaimResult:
    """Claim those of `ids` that are due and not locked. Those of a disabled endpoint are dropped.

    A failing endpoint gets one call at a time, so that one store's dead receiver does not occupy the workers
    that other stores need.
    """
    rows = session.execute(_SELECT_DUE, {"ids": list(ids)}).all()
    dropped = [row.id for row in rows if not row.active]
    calls: list[WebhookCall] = []
    postponed: list[DeliveryDue] = []
    called_endpoints: set[UUID] = set()
    for row in rows:
        if not row.active:
            continue
        call = _call(row)
        if row.failing and (row.being_called or row.endpoint_id in called_endpoints):
            postponed.append(call.job)
        else:
            called_endpoints.add(row.endpoint_id)
            calls.append(call)
    if dropped:
        session.execute(_DROP, {"ids": dropped})
    if calls:
        session.execute(_CLAIM, {"ids": [call.id for call in calls], "seconds": CLAIM_SECONDS})
    return ClaimResult(calls, postponed)


def _call(row: Row[*tuple[Any, ...]]) -> WebhookCall:
    return WebhookCall(
        id=row.id,
        attempt=row.attempts + 1,
        attempt_in_round=row.tries + 1,
        endpoint_id=row.endpoint_id,
        store_id=row.store_id,
        url=row.url,
        payload=row.payload,
        secrets=row.secrets,
        correlation_id=row.correlation_id,
    )
