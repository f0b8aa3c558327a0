"""Endpoints with which administrators manage their store's webhooks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifier.webhooks import delivery_log, rules
from services.notifier.webhooks.schemas import (
    ChangedWebhookSchema,
    NewWebhookSchema,
    RotatedSchema,
    WebhookDeliveryArguments,
    WebhookDeliveryDetailSchema,
    WebhookDeliveryPageSchema,
    WebhookDeliverySchema,
    WebhookSchema,
    WebhooksSchema,
    WebhookWithSecretSchema,
)
from services.notifier.webhooks.views import (
    RotatedView,
    WebhookDeliveryDetailView,
    WebhookDeliveryView,
    WebhookView,
    WebhookWithSecretView,
)
from shared.clock import now
from shared.errors import DeliveryUnderWay, TooManyWebhooks, WebhookIsDisabled
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.idempotency.idempotent import idempotent
from shared.http.pagination import Page
from shared.http.views import ListView
from shared.messaging.outbox.unit_of_work import unit_of_work

blueprint = Blueprint("webhooks", __name__, url_prefix="/v1/webhooks", description="Webhooks de la tienda")


@blueprint.get("")
@allowed(Permission.STORE_ADMIN)
@blueprint.answers(200, WebhooksSchema)
def list_webhooks(session: Session, caller: Caller) -> ListView[WebhookView]:
    """My store's webhooks, oldest first."""
    return ListView(rules.endpoints(session, caller))


@blueprint.post("")
@blueprint.takes(NewWebhookSchema)
@allowed(Permission.STORE_ADMIN)
@idempotent
@blueprint.answers(201, WebhookWithSecretSchema, refuses=(TooManyWebhooks,))
def create_webhook(session: Session, caller: Caller, payload: dict[str, Any]) -> WebhookWithSecretView:
    """Have an address called when something happens; the answer alone shows its secret."""
    return rules.create(session, caller, payload, now())


@blueprint.get("/<uuid:webhook_id>")
@allowed(Permission.STORE_ADMIN)
@blueprint.answers(200, WebhookSchema)
def get_webhook(session: Session, caller: Caller, webhook_id: UUID) -> WebhookView:
    """One webhook."""
    return rules.get(session, caller, webhook_id)


@blueprint.patch("/<uuid:webhook_id>")
@blueprint.takes(ChangedWebhookSchema)
@allowed(Permission.STORE_ADMIN)
@blueprint.answers(200, WebhookSchema)
def change_webhook(
    session: Session, caller: Caller, payload: dict[str, Any], webhook_id: UUID
) -> WebhookView:
    """Change a webhook, or enable it again."""
    return rules.change(session, caller, webhook_id, payload, now())


@blueprint.delete("/<uuid:webhook_id>")
@allowed(Permission.STORE_ADMIN)
@blueprint.answers(204)
def delete_webhook(session: Session, caller: Caller, webhook_id: UUID) -> None:
    """Delete a webhook."""
    rules.delete(session, caller, webhook_id, now())


@blueprint.post("/<uuid:webhook_id>/rotate-secret")
@allowed(Permission.STORE_ADMIN)
@idempotent
@blueprint.answers(200, RotatedSchema)
def rotate_secret(session: Session, caller: Caller, webhook_id: UUID) -> RotatedView:
    """Sign with a new secret; for a day calls carry a signature of each."""
    return rules.rotate_secret(session, caller, webhook_id, now())


@blueprint.post("/<uuid:webhook_id>/test")
@allowed(Permission.STORE_ADMIN)
@idempotent
@blueprint.answers(202, WebhookDeliverySchema, refuses=(WebhookIsDisabled,))
def test_webhook(session: Session, caller: Caller, webhook_id: UUID) -> WebhookDeliveryView:
    """Send a test event; its delivery says what came of it."""
    with unit_of_work(session) as work:
        return delivery_log.send_test(work, caller, webhook_id, now())


@blueprint.get("/<uuid:webhook_id>/deliveries")
@blueprint.takes(WebhookDeliveryArguments, location="query")
@allowed(Permission.STORE_ADMIN)
@blueprint.answers(200, WebhookDeliveryPageSchema)
def list_deliveries(
    session: Session, caller: Caller, arguments: dict[str, Any], webhook_id: UUID
) -> Page[WebhookDeliveryView]:
    """What was sent, latest first."""
    return delivery_log.page(session, caller, webhook_id, arguments)


@blueprint.get("/<uuid:webhook_id>/deliveries/<uuid:delivery_id>")
@allowed(Permission.STORE_ADMIN)
@blueprint.answers(200, WebhookDeliveryDetailSchema)
def get_delivery(
    session: Session, caller: Caller, webhook_id: UUID, delivery_id: UUID
) -> WebhookDeliveryDetailView:
    """One delivery, its body and every try."""
    return delivery_log.detail(session, caller, webhook_id, delivery_id)


@blueprint.post("/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/redeliver")
@allowed(Permission.STORE_ADMIN)
@idempotent
@blueprint.answers(202, WebhookDeliverySchema, refuses=(WebhookIsDisabled, DeliveryUnderWay))
def redeliver(session: Session, caller: Caller, webhook_id: UUID, delivery_id: UUID) -> WebhookDeliveryView:
    """Send it again, under the same id."""
    with unit_of_work(session) as work:
        return delivery_log.redeliver(work, caller, webhook_id, delivery_id, now())
