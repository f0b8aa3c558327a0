"""Deliveries as support sees them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from services.notifier.deliveries.queries import DeliveryRow
from shared.http.views import PersonView, person_or_none


class DeliveredWebhookView(msgspec.Struct, frozen=True):
    """The webhook of a delivery."""

    id: UUID
    url: str


class DeliveryView(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery to a person or webhook, by one channel, with its outcome."""

    id: UUID
    channel: str
    person: PersonView | None
    webhook: DeliveredWebhookView | None
    events: list[str]
    count: int
    outcome: str
    reason: str | None
    attempts: int
    response: str | None
    created_at: datetime
    ended_at: datetime | None


def view(row: DeliveryRow) -> DeliveryView:
    """A delivery that was read."""
    return DeliveryView(
        id=row.id,
        channel=row.channel,
        person=person_or_none(row.person_id, row.person_name),
        webhook=DeliveredWebhookView(row.webhook_id, row.webhook_url) if row.webhook_id else None,
        events=row.events,
        count=row.count,
        outcome=row.outcome,
        reason=row.reason,
        attempts=row.attempts,
        response=row.response,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )
