"""Reads and writes webhook endpoints, deliveries and attempts; writes secrets, and never reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from shared.db.models import DeliveryOutcome, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSecret
from shared.http.pagination import Position
from shared.ids import new_id

# An UPDATE … RETURNING fills in the entity again that a SELECT … FOR UPDATE loaded before.
_REFRESH = {"populate_existing": True, "synchronize_session": False}


def _endpoints(store_id: UUID) -> Select[WebhookEndpoint]:
    return select(WebhookEndpoint).where(
        WebhookEndpoint.store_id == store_id, WebhookEndpoint.deleted_at.is_(None)
    )


def endpoints(session: Session, store_id: UUID) -> Sequence[WebhookEndpoint]:
    """A store's endpoints, oldest first."""
    return session.scalars(_endpoints(store_id).order_by(WebhookEndpoint.id)).all()


def lock_and_count(session: Session, store_id: UUID) -> int:
    """The number of a store's endpoints; nobody else can add one until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(store_id), 0))))
    return session.scalar(select(func.count()).select_from(_endpoints(store_id).subquery())) or 0


def endpoint(session: Session, store_id: UUID, endpoint_id: UUID) -> WebhookEndpoint | None:
    """An endpoint of the store."""
    return session.scalar(_endpoints(store_id).where(WebhookEndpoint.id == endpoint_id))


def lock_endpoint(session: Session, store_id: UUID, endpoint_id: UUID) -> WebhookEndpoint | None:
    """An endpoint of the store, locked until the transaction ends."""
    return session.scalar(_endpoints(store_id).where(WebhookEndpoint.id == endpoint_id).with_for_update())


def insert_endpoint(session: Session, values: Mapping[str, Any]) -> WebhookEndpoint:
    """Insert an endpoint; returns its row."""
    return session.scalars(insert(WebhookEndpoint).values(values).returning(WebhookEndpoint)).one()


def update_endpoint(session: Session, endpoint_id: UUID, values: Mapping[str, Any]) -> WebhookEndpoint:
    """Set `values` of an endpoint; returns its row."""
    statement = update(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id).values(values)
    return session.scalars(statement.returning(WebhookEndpoint), execution_options=_REFRESH).one()


def insert_secret(session: Session, endpoint: WebhookEndpoint, secret: str, now: datetime) -> None:
    """Insert a secret that is valid from now on, without an expiry."""
    values = {
        "id": new_id(),
        "endpoint_id": endpoint.id,
        "store_id": endpoint.store_id,
        "secret": secret,
        "created_at": now,
    }
    session.execute(insert(WebhookSecret).values(values))


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
) -> Sequence[WebhookDelivery]:
    """At most `limit` deliveries of an endpoint, latest first, starting after the position `after`."""
    statement = (
        select(WebhookDelivery)
        .where(WebhookDelivery.endpoint_id == endpoint_id)
        .order_by(WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc())
        .limit(limit)
    )
    if outcome is not None:
        statement = statement.where(WebhookDelivery.outcome == outcome)
    if after is not None:
        statement = statement.where(
            tuple_(WebhookDelivery.created_at, WebhookDelivery.id) < (after.at, after.id)
        )
    return session.scalars(statement).all()


def delivery(session: Session, endpoint_id: UUID, delivery_id: UUID) -> WebhookDelivery | None:
    """A delivery of an endpoint."""
    return session.scalar(
        select(WebhookDelivery).where(
            WebhookDelivery.endpoint_id == endpoint_id, WebhookDelivery.id == delivery_id
        )
    )


def lock_delivery(session: Session, endpoint_id: UUID, delivery_id: UUID) -> WebhookDelivery | None:
    """A delivery of an endpoint, locked until the transaction ends."""
    return session.scalar(
        select(WebhookDelivery)
        .where(WebhookDelivery.endpoint_id == endpoint_id, WebhookDelivery.id == delivery_id)
        .with_for_update()
    )


def insert_delivery(session: Session, values: Mapping[str, Any]) -> WebhookDelivery:
    """Insert a delivery; returns its row."""
    return session.scalars(insert(WebhookDelivery).values(values).returning(WebhookDelivery)).one()


def update_delivery(session: Session, delivery_id: UUID, values: Mapping[str, Any]) -> WebhookDelivery:
    """Set `values` of a delivery; returns its row."""
    statement = update(WebhookDelivery).where(WebhookDelivery.id == delivery_id).values(values)
    return session.scalars(statement.returning(WebhookDelivery), execution_options=_REFRESH).one()


def attempts(session: Session, delivery_id: UUID) -> Sequence[WebhookAttempt]:
    """All attempts of a delivery, in order."""
    return session.scalars(
        select(WebhookAttempt)
        .where(WebhookAttempt.delivery_id == delivery_id)
        .order_by(WebhookAttempt.number, WebhookAttempt.id)
    ).all()
