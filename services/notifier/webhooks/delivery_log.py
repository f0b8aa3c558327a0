"""An endpoint's log of deliveries, and deliveries on request: of a test event, or of an old one again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from services.notifier.webhooks import queries, rules
from services.notifier.webhooks.events import TEST_EVENT
from services.notifier.webhooks.views import WebhookDeliveryDetailView, WebhookDeliveryView
from shared.db.models import DeliveryOutcome
from shared.errors import DeliveryUnderWay, NotFound, WebhookIsDisabled
from shared.http import pagination
from shared.http.auth.callers import Caller
from shared.ids import new_id
from shared.messaging.events import DeliveryDue
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import current_correlation


def page(
    session: Session, caller: Caller, endpoint_id: UUID, arguments: Mapping[str, Any]
) -> pagination.Page[WebhookDeliveryView]:
    """A page of an endpoint's deliveries, latest first. Raises `NotFound`, `InvalidCursor`."""
    rules.get(session, caller, endpoint_id)
    limit, scope = arguments["limit"], f"webhook-deliveries:{endpoint_id}"
    after = pagination.decode(arguments["cursor"], scope)
    rows = queries.deliveries(session, endpoint_id, arguments.get("outcome"), after, limit + 1)
    return pagination.page(rows, limit, scope, by="created_at")


def detail(
    session: Session, caller: Caller, endpoint_id: UUID, delivery_id: UUID
) -> WebhookDeliveryDetailView:
    """A delivery with its payload and all its attempts. Raises `NotFound`."""
    rules.get(session, caller, endpoint_id)
    delivery = queries.delivery(session, endpoint_id, delivery_id)
    if delivery is None:
        raise NotFound
    log = queries.attempts(session, delivery_id)
    return WebhookDeliveryDetailView(**msgspec.structs.asdict(delivery), log=log)


def send_test(session: Session, caller: Caller, endpoint_id: UUID, now: datetime) -> WebhookDeliveryView:
    """Enqueue the delivery of a test event; returns it. Raises `NotFound`, `WebhookIsDisabled`."""
    _require_active(session, caller, endpoint_id)
    body = {"type": TEST_EVENT, "timestamp": now, "data": {"store_id": caller.own_store}}
    delivery = queries.insert_delivery(
        session,
        {
            "id": new_id(),
            "endpoint_id": endpoint_id,
            "store_id": caller.own_store,
            "event": TEST_EVENT,
            "payload": msgspec.json.encode(body).decode(),
            "outcome": DeliveryOutcome.WAITING,
            "attempts": 0,
            "attempts_since_redelivery": 0,
            "created_at": now,
            "due_at": now,
            "correlation_id": current_correlation(),
        },
    )
    _publish(session, caller, delivery.id)
    return delivery


def redeliver(
    session: Session, caller: Caller, endpoint_id: UUID, delivery_id: UUID, now: datetime
) -> WebhookDeliveryView:
    """Enqueue a delivery again, under its own id and with the whole back-off; returns it.

    Raises `NotFound`, `WebhookIsDisabled`, `DeliveryUnderWay`.
    """
    _require_active(session, caller, endpoint_id)
    outcome = queries.lock_delivery(session, endpoint_id, delivery_id)
    if outcome is None:
        raise NotFound
    if outcome is DeliveryOutcome.SENDING:
        raise DeliveryUnderWay
    delivery = queries.update_delivery(
        session,
        delivery_id,
        {
            "outcome": DeliveryOutcome.WAITING,
            "reason": None,
            "ended_at": None,
            "attempts_since_redelivery": 0,
            "due_at": now,
            "correlation_id": current_correlation(),
        },
    )
    _publish(session, caller, delivery.id)
    return delivery


def _require_active(session: Session, caller: Caller, endpoint_id: UUID) -> None:
    if not rules.get(session, caller, endpoint_id).active:
        raise WebhookIsDisabled


def _publish(session: Session, caller: Caller, delivery_id: UUID) -> None:
    job = DeliveryDue(
        store_id=caller.own_store,
        correlation_id=current_correlation(),
        channel="webhook",
        delivery_id=delivery_id,
    )
    publish(session, [job])
