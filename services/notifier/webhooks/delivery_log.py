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
from shared.db.models import DeliveryOutcome, WebhookDelivery
from shared.db.rows import inserted_as
from shared.errors import DeliveryUnderWay, NotFound, WebhookIsDisabled
from shared.http import pagination
from shared.http.auth.callers import Caller
from shared.ids import new_id
from shared.messaging.events import DeliveryDue
from shared.messaging.outbox.unit_of_work import UnitOfWork
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


def send_test(work: UnitOfWork, caller: Caller, endpoint_id: UUID, now: datetime) -> WebhookDeliveryView:
    """Enqueue the delivery of a test event; returns it. Raises `NotFound`, `WebhookIsDisabled`."""
    _require_active(work.session, caller, endpoint_id)
    body = {"type": TEST_EVENT, "timestamp": now, "data": {"store_id": caller.own_store}}
    values: dict[str, Any] = {
        "id": new_id(),
        "endpoint_id": endpoint_id,
        "store_id": caller.own_store,
        "event": TEST_EVENT,
        "payload": msgspec.json.encode(body).decode(),
        "outcome": DeliveryOutcome.WAITING,
        "attempts": 0,
        "tries": 0,
        "created_at": now,
        "due_at": now,
        "correlation_id": current_correlation(),
    }
    work.insert(WebhookDelivery, [values])
    work.publish([_due(caller, values["id"])])
    return inserted_as(WebhookDeliveryView, values)


def redeliver(
    work: UnitOfWork, caller: Caller, endpoint_id: UUID, delivery_id: UUID, now: datetime
) -> WebhookDeliveryView:
    """Enqueue a delivery again, under its own id and with the whole back-off; returns it.

    Raises `NotFound`, `WebhookIsDisabled`, `DeliveryUnderWay`.
    """
    _require_active(work.session, caller, endpoint_id)
    outcome = queries.lock_delivery(work.session, endpoint_id, delivery_id)
    if outcome is None:
        raise NotFound
    if outcome is DeliveryOutcome.SENDING:
        raise DeliveryUnderWay
    delivery = queries.update_delivery(
        work.session,
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
    work.publish([_due(caller, delivery.id)])
    return delivery


def _require_active(session: Session, caller: Caller, endpoint_id: UUID) -> None:
    if not rules.get(session, caller, endpoint_id).active:
        raise WebhookIsDisabled


def _due(caller: Caller, delivery_id: UUID) -> DeliveryDue:
    return DeliveryDue(
        store_id=caller.own_store,
        correlation_id=current_correlation(),
        channel="webhook",
        delivery_id=delivery_id,
    )
