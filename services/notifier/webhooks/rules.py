"""A store's webhook endpoints: listed, created, changed, deleted, and their secrets rotated."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from services.notifier.webhooks import queries
from services.notifier.webhooks.views import RotatedView, WebhookView, WebhookWithSecretView
from shared import ssrf_guard
from shared.errors import Invalid, NotFound, TooManyWebhooks
from shared.http.auth.callers import Caller
from shared.ids import new_id

MAX_ENDPOINTS = 10
SECRET_BYTES = 32
SECRET_OVERLAP = timedelta(hours=24)
"""How long the previous secret stays valid after a rotation: time for the receiver to switch."""


def endpoints(session: Session, caller: Caller) -> list[WebhookView]:
    """The store's endpoints, oldest first."""
    return queries.endpoints(session, caller.own_store)


def get(session: Session, caller: Caller, endpoint_id: UUID) -> WebhookView:
    """An endpoint of the caller's store. Raises `NotFound`."""
    endpoint = queries.endpoint(session, caller.own_store, endpoint_id)
    if endpoint is None:
        raise NotFound
    return endpoint


def _get_for_update(session: Session, caller: Caller, endpoint_id: UUID) -> WebhookView:
    """An endpoint of the caller's store, locked until the transaction ends. Raises `NotFound`."""
    endpoint = queries.lock_endpoint(session, caller.own_store, endpoint_id)
    if endpoint is None:
        raise NotFound
    return endpoint


def create(
    session: Session, caller: Caller, payload: Mapping[str, Any], now: datetime
) -> WebhookWithSecretView:
    """Create an endpoint; returns it with its secret. Raises `Invalid`, `TooManyWebhooks`."""
    _validate_url_and_events(payload)
    if queries.lock_and_count(session, caller.own_store) >= MAX_ENDPOINTS:
        raise TooManyWebhooks(limit=MAX_ENDPOINTS)
    endpoint = queries.insert_endpoint(
        session,
        {
            "id": new_id(),
            "store_id": caller.own_store,
            "url": payload["url"],
            "description": payload["description"],
            "events": payload["events"],
            "active": True,
            "created_at": now,
            "updated_at": now,
        },
    )
    secret = generate_secret()
    queries.insert_secret(session, caller.own_store, endpoint.id, secret, now)
    return WebhookWithSecretView(**msgspec.structs.asdict(endpoint), secret=secret)


def change(
    session: Session, caller: Caller, endpoint_id: UUID, payload: Mapping[str, Any], now: datetime
) -> WebhookView:
    """Change the fields that `payload` has; returns the changed endpoint. Raises `NotFound`, `Invalid`.

    Enabling an endpoint also clears since when it fails and why it was disabled.
    """
    _validate_url_and_events(payload)
    endpoint = _get_for_update(session, caller, endpoint_id)
    changes = {name: payload[name] for name in ("url", "events", "description") if name in payload}
    if payload.get("active") is True:
        changes |= {"active": True, "failing_since": None, "disabled_at": None, "disabled_reason": None}
    elif payload.get("active") is False and endpoint.active:
        changes |= {"active": False, "disabled_at": now}
    return queries.update_endpoint(session, endpoint_id, changes | {"updated_at": now})


def delete(session: Session, caller: Caller, endpoint_id: UUID, now: datetime) -> None:
    """Delete an endpoint and its secrets. Raises `NotFound`.

    Its row stays, marked as deleted, because its deliveries refer to it.
    """
    _get_for_update(session, caller, endpoint_id)
    queries.update_endpoint(session, endpoint_id, {"active": False, "deleted_at": now})
    queries.delete_secrets(session, endpoint_id)


def rotate_secret(session: Session, caller: Caller, endpoint_id: UUID, now: datetime) -> RotatedView:
    """Create a new secret; returns it, and when the previous one expires. Raises `NotFound`.

    Until then calls are signed with both.
    """
    _get_for_update(session, caller, endpoint_id)
    secret, expires_at = generate_secret(), now + SECRET_OVERLAP
    queries.delete_secrets(session, endpoint_id, expired_by=now)
    queries.expire_secrets(session, endpoint_id, expires_at)
    queries.insert_secret(session, caller.own_store, endpoint_id, secret, now)
    return RotatedView(secret, expires_at)


def generate_secret() -> str:
    """A random secret in the form of Standard Webhooks: `whsec_` and 32 bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _validate_url_and_events(payload: Mapping[str, Any]) -> None:
    """Raise `Invalid` for a `url` that may not be called, or for `events` that list one twice."""
    if "url" in payload:
        try:
            ssrf_guard.parse_destination(payload["url"])
        except ssrf_guard.UrlRefused as refusal:
            raise Invalid({"url": [str(refusal)]}) from None
    events = payload.get("events", [])
    if len(set(events)) != len(events):
        raise Invalid({"events": ["Given more than once."]})
