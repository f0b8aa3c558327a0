"""Reading and writing a store's webhooks; secrets are written here and never read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from shared.db.models import DeliveryOutcome, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSecret
from shared.http.pagination import Position
from shared.ids import new_id


def _endpoints(store_id: UUID) -> Select[WebhookEndpoint]:
    return select(WebhookEndpoint).where(
        WebhookEndpoint.store_id == store_id, WebhookEndpoint.deleted_at.is_(None)
    )


def endpoints(session: Session, store_id: UUID) -> Sequence[WebhookEndpoint]:
    """A store's webhooks, oldest first."""
    return session.scalars(_endpoints(store_id).order_by(WebhookEndpoint.id)).all()


def count_alone(session: Session, store_id: UUID) -> int:
    """How many a store has, while nobody else adds one until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(store_id), 0))))
    return session.scalar(select(func.count()).select_from(_endpoints(store_id).subquery())) or 0


def endpoint(session: Session, store_id: UUID, endpoint_id: UUID) -> WebhookEndpoint | None:
    """A webhook of the store."""
    return session.scalar(_endpoints(store_id).where(WebhookEndpoint.id == endpoint_id))


def lock(session: Session, store_id: UUID, endpoint_id: UUID) -> WebhookEndpoint | None:
    """A webhook of the store, held until the transaction ends."""
    return session.scalar(_endpoints(store_id).where(WebhookEndpoint.id == endpoint_id).with_for_update())


def add_secret(session: Session, endpoint: WebhookEndpoint, secret: str, now: datetime) -> None:
    """Sign with `secret` from now on, beside those that are good for a while still."""
    values = {
        "id": new_id(),
        "endpoint_id": endpoint.id,
        "store_id": endpoint.store_id,
        "secret": secret,
        "created_at": now,
    }
    session.execute(insert(WebhookSecret).values(values))


def let_secrets_expire(session: Session, endpoint_id: UUID, at: datetime) -> None:
    """Let the secrets that had no end be good until `at`."""
    session.execute(
        update(WebhookSecret)
        .where(WebhookSecret.endpoint_id == endpoint_id, WebhookSecret.expires_at.is_(None))
        .values(expires_at=at)
    )


def forget_secrets(session: Session, endpoint_id: UUID, until: datetime | None = None) -> None:
    """Delete the secrets that ended before `until`, or all."""
    statement = delete(WebhookSecret).where(WebhookSecret.endpoint_id == endpoint_id)
    session.execute(statement if until is None else statement.where(WebhookSecret.expires_at <= until))


def deliveries(
    session: Session,
    endpoint_id: UUID,
    outcome: DeliveryOutcome | None,
    after: Position | None,
    limit: int,
) -> Sequence[WebhookDelivery]:
    """A webhook's deliveries, latest first, after `after`; at most `limit`."""
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
    """A delivery of a webhook."""
    return session.scalar(
        select(WebhookDelivery).where(
            WebhookDelivery.endpoint_id == endpoint_id, WebhookDelivery.id == delivery_id
        )
    )


def lock_delivery(session: Session, endpoint_id: UUID, delivery_id: UUID) -> WebhookDelivery | None:
    """A delivery of a webhook, held until the transaction ends."""
    return session.scalar(
        select(WebhookDelivery)
        .where(WebhookDelivery.endpoint_id == endpoint_id, WebhookDelivery.id == delivery_id)
        .with_for_update()
    )


def attempts(session: Session, delivery_id: UUID) -> Sequence[WebhookAttempt]:
    """Every try of a delivery, in order."""
    return session.scalars(
        select(WebhookAttempt)
        .where(WebhookAttempt.delivery_id == delivery_id)
        .order_by(WebhookAttempt.number, WebhookAttempt.id)
    ).all()
