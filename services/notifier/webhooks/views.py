"""Webhooks and their deliveries as a store's administrators see them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from shared.db.models import DeliveryOutcome


class WebhookView(msgspec.Struct, frozen=True):
    """A webhook."""

    id: UUID
    url: str
    description: str
    events: list[str]
    active: bool
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_reason: str | None
    created_at: datetime
    updated_at: datetime


class WebhookWithSecretView(WebhookView, frozen=True):
    """A webhook that was just created, with its secret."""

    secret: str


class RotatedView(msgspec.Struct, frozen=True):
    """A new secret, and when the previous one expires."""

    secret: str
    previous_expires_at: datetime


class WebhookDeliveryView(msgspec.Struct, frozen=True):
    """The delivery of an event to a webhook."""

    id: UUID
    event: str
    ticket_id: UUID | None
    outcome: DeliveryOutcome
    reason: str | None
    attempts: int
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None


class WebhookAttemptView(msgspec.Struct, frozen=True):
    """An attempt: the receiver's response, or the error."""

    number: int
    started_at: datetime
    duration_ms: int
    status: int | None
    error: str | None
    response: str


class WebhookDeliveryDetailView(WebhookDeliveryView, frozen=True):
    """A delivery with its payload and all its attempts."""

    payload: str
    log: list[WebhookAttemptView]
