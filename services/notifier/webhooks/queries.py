"""Reads and writes webhook endpoints, deliveries and attempts; writes secrets, and never reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from services.notifier.webhooks.views import WebhookAttemptView, WebhookDeliveryView, WebhookView
from shared.db.bulk_insert import insert_rows
from shared.db.models import DeliveryOutcome, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSecret
from shared.db.rows import columns_of, inserted_as, read_as
from shared.http.pagination import Position
from shared.ids import new_id

_ENDPOINT = columns_of(WebhookEndpoint, WebhookView)
_DELIVERY = columns_of(WebhookDelivery, WebhookDeliveryView)


class DeliveryWithPayload(WebhookDeliveryView, frozen=True):
    """A delivery with what is sent."""

    payload: str


def _of_store(store_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return WebhookEndpoint.store_id == store_id, WebhookEndpoint.deleted_at.is_(None)


def _endpoint(store_id: UUID, endpoint_id: UUID) -> Select[*tuple[Any, ...]]:
    return select(*_ENDPOINT).where(*_of_store(store_id), WebhookEndpoint.id == endpoint_id)


def endpoints(session: Session, store_id: UUID) -> list[WebhookView]:
    """A store's endpoints, oldest first."""
    statement = select(*_ENDPOINT).where(*_of_store(store_id)).order_by(WebhookEndpoint.id)
    return read_as(WebhookView, session.connection().execute(statement))


def lock_and_count(session: Session, store_id: UUID) -> int:
    """The number of a store's endpoints; nobody else can add one until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(store_id), 0))))
    return session.scalar(select(func.count()).where(*_of_store(store_id))) or 0


def endpoint(session: Session, store_id: UUID, endpoint_id: UUID) -> WebhookView | None:
    """An endpoint of the store."""
    rows = read_as(WebhookView, session.connection().execute(_endpoint(store_id, endpoint_id)))
    return rows[0] if rows else None


def lock_endpoint(session: Session, store_id: UUID, endpoint_id: UUID) -> WebhookView | None:
    """An endpoint of the store, locked until the transaction ends."""
    statement = _endpoint(store_id, endpoint_id).with_for_update(key_share=True)
    rows = read_as(WebhookView, session.connection().execute(statement))
    return rows[0] if rows else None


def insert_endpoint(session: Session, values: Mapping[str, Any]) -> WebhookView:
    """Insert an endpoint; returns it. What `values` leave out is null."""
    insert_rows(session, WebhookEndpoint, [values])
    return inserted_as(WebhookView, values)


def update_endpoint(session: Session, endpoint_id: UUID, values: Mapping[str, Any]) -> WebhookView:
    """Set `values` of an endpoint; returns it."""
    statement = update(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id).values(values)
    [row] = read_as(WebhookView, session.connection().execute(statement.returning(*_ENDPOINT)))
    return row


def insert_secret(session: Session, store_id: UUID, endpoint_id: UUID, secret: str, now: datetime) -> None:
    """Insert a secret that is valid from now on, without an expiry."""
    values = {
        "id": new_id(),
        "endpoint_id": endpoint_id,
        "store_id": store_id,
        "secret": secret,
        "created_at": now,
    }
    insert_rows(session, WebhookSecret, [values])


def expire_secrets(session: Session, endpoint_id: UUID, at: datetime) -> None:
    """Set the expiry of an endpoint's secrets that have none to `at`."""
    session.execute(
        update(WebhookSecret)
        .where(WebhookSecret.endpoint_id == endpoint_id, WebhookSecret.expires_at.is_(None))
        .values(expires_at=at)
    )


def delete_secrets(session: Session, endpoint_id: UUID, expired_by: datetime | None = None) -> None:
    """Delete an endpoint's secrets: those that expired by a moment, or all without one."""
    statement = delete(WebhookSecret).where(WebhookSecret.endpoint_id == endpoint_id)
    session.execute(
        statement if expired_by is None else statement.where(WebhookSecret.expires_at <= expired_by)
    )


def deliveries(
    session: Session,
    endpoint_id: UUID,
    outcome: DeliveryOutcome | None,
    after: Position | None,
    limit: int,
) -> list[WebhookDeliveryView]:
    """At most `limit` deliveries of an endpoint, latest first, starting after the position `after`."""
    statement = (
        select(*_DELIVERY)
        .where(WebhookDelivery.endpoint_id == endpoint_id)
        .order_by(WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc())
        .limit(limit)
    )
    if outcome is not None:
        statement = statement.where(WebhookDelivery.outcome == outcome)
    if after is not None:
        statement = statement.where(
            tuple_(WebhookDelivery.created_at, WebhookDelivery.id) < (after.sort_value, after.id)
        )
    return read_as(WebhookDeliveryView, session.connection().execute(statement))


def delivery(session: Session, endpoint_id: UUID, delivery_id: UUID) -> DeliveryWithPayload | None:
    """A delivery of an endpoint."""
    statement = select(*_DELIVERY, WebhookDelivery.payload).where(
        WebhookDelivery.endpoint_id == endpoint_id, WebhookDelivery.id == delivery_id
    )
    rows = read_as(DeliveryWithPayload, session.connection().execute(statement))
    return rows[0] if rows else None


def lock_delivery(session: Session, endpoint_id: UUID, delivery_id: UUID) -> DeliveryOutcome | None:
    """Lock a delivery of an endpoint until the transaction ends; returns its outcome so far."""
    return session.scalar(
        select(WebhookDelivery.outcome)
        .where(WebhookDelivery.endpoint_id == endpoint_id, WebhookDelivery.id == delivery_id)
        .with_for_update(key_share=True)
    )


def update_delivery(session: Session, delivery_id: UUID, values: Mapping[str, Any]) -> WebhookDeliveryView:
    """Set `values` of a delivery; returns it."""
    statement = update(WebhookDelivery).where(WebhookDelivery.id == delivery_id).values(values)
    [row] = read_as(WebhookDeliveryView, session.connection().execute(statement.returning(*_DELIVERY)))
    return row


def attempts(session: Session, delivery_id: UUID) -> list[WebhookAttemptView]:
    """All attempts of a delivery, in order."""
    statement = (
        select(*columns_of(WebhookAttempt, WebhookAttemptView))
        .where(WebhookAttempt.delivery_id == delivery_id)
        .order_by(WebhookAttempt.number, WebhookAttempt.id)
    )
    return read_as(WebhookAttemptView, session.connection().execute(statement))
