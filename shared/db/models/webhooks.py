"""Webhooks of stores: endpoints, signing secrets, deliveries and their attempts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, Text, text, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base, Id, enum_column_type
from shared.db.models.deliveries import DeliveryOutcome


class WebhookEndpoint(Base):
    """An address that a store's events are sent to, for the events in `events`.

    `failing_since`: no call has succeeded since then. It is disabled (`active` false) by the store, or by us
    with a `disabled_reason` (`gone`, `failing`). Deleted ones stay for the log, hidden from the store.
    """

    __tablename__ = "webhook_endpoints"
    __table_args__ = (Index("ix_webhook_endpoints_store_id", "store_id"),)

    id: Mapped[Id]
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id"))
    url: Mapped[str]
    description: Mapped[str]
    events: Mapped[list[str]] = mapped_column(ARRAY(Text))
    active: Mapped[bool] = mapped_column(server_default=true())
    failing_since: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[str | None]
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class WebhookSecret(Base):
    """A signing secret of an endpoint; while two are valid, both sign each call. The API never reads it."""

    __tablename__ = "webhook_secrets"
    __table_args__ = (Index("ix_webhook_secrets_endpoint_id", "endpoint_id"),)

    id: Mapped[Id]
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id"))
    store_id: Mapped[UUID]
    secret: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class WebhookDelivery(Base):
    """One event for one endpoint; its id is the `webhook-id` of every attempt. `payload` is sent unchanged.

    `attempts` counts all attempts, `attempts_since_redelivery` (column `tries`) those since
    the last requested redelivery, which starts over.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index("ix_webhook_deliveries_endpoint_id_created_at_id", "endpoint_id", "created_at", "id"),
        Index("ix_webhook_deliveries_ticket_id", "ticket_id"),
        Index("ix_webhook_deliveries_sending", "endpoint_id", postgresql_where=text("outcome = 'sending'")),
    )

    id: Mapped[Id]
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id"))
    store_id: Mapped[UUID]
    ticket_id: Mapped[UUID | None]
    event: Mapped[str]
    payload: Mapped[str]
    outcome: Mapped[DeliveryOutcome] = mapped_column(enum_column_type(DeliveryOutcome, "outcome"))
    reason: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    attempts_since_redelivery: Mapped[int] = mapped_column("tries", SmallInteger, server_default="0")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    correlation_id: Mapped[str] = mapped_column(server_default="")


class WebhookAttempt(Base):
    """One attempt of a delivery: the response's status and first kilobyte, or the error."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (Index("ix_webhook_attempts_delivery_id", "delivery_id"),)

    id: Mapped[Id]
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_deliveries.id"))
    store_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    started_at: Mapped[datetime]
    duration_ms: Mapped[int]
    status: Mapped[int | None] = mapped_column(SmallInteger)
    error: Mapped[str | None]
    response: Mapped[str]
