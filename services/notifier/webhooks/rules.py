"""A store's webhooks: made, changed, signed anew, deleted."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifier.webhooks import queries
from shared import ssrf_guard
from shared.db.models import WebhookEndpoint
from shared.errors import Invalid, NotFound, TooManyWebhooks
from shared.http.auth.callers import Caller
from shared.ids import new_id

MAX_ENDPOINTS = 10
SECRET_BYTES = 32
OVERLAP = timedelta(hours=24)
"""How long a rotated secret still signs: time for a receiver to take up the new one."""


def endpoints(session: Session, caller: Caller) -> dict[str, Any]:
    """The store's webhooks, oldest first."""
    return {"items": queries.endpoints(session, caller.own_store)}


def found(session: Session, caller: Caller, endpoint_id: UUID) -> WebhookEndpoint:
    """A webhook of the caller's store. Raises `NotFound`."""
    endpoint = queries.endpoint(session, caller.own_store, endpoint_id)
    if endpoint is None:
        raise NotFound
    return endpoint


def locked(session: Session, caller: Caller, endpoint_id: UUID) -> WebhookEndpoint:
    """The same, held until the transaction ends. Raises `NotFound`."""
    endpoint = queries.lock(session, caller.own_store, endpoint_id)
    if endpoint is None:
        raise NotFound
    return endpoint


def create(session: Session, caller: Caller, payload: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Add a webhook; returns it with its secret. Raises `Invalid`, `TooManyWebhooks`."""
    _check(payload)
    if queries.count_alone(session, caller.own_store) >= MAX_ENDPOINTS:
        raise TooManyWebhooks(limit=MAX_ENDPOINTS)
    endpoint = WebhookEndpoint(
        id=new_id(),
        store_id=caller.own_store,
        url=payload["url"],
        description=payload["description"],
        events=payload["events"],
        active=True,
        created_at=now,
        updated_at=now,
    )
    session.add(endpoint)
    session.flush()
    secret = new_secret()
    queries.add_secret(session, endpoint, secret, now)
    return view(endpoint) | {"secret": secret}


def change(
    session: Session, caller: Caller, endpoint_id: UUID, payload: Mapping[str, Any], now: datetime
) -> WebhookEndpoint:
    """Change a webhook; enabling it forgets what failed before. Raises `NotFound`, `Invalid`."""
    _check(payload)
    endpoint = locked(session, caller, endpoint_id)
    for name in ("url", "events", "description"):
        if name in payload:
            setattr(endpoint, name, payload[name])
    if payload.get("active") is True:
        endpoint.active, endpoint.failing_since = True, None
        endpoint.disabled_at, endpoint.disabled_reason = None, None
    elif payload.get("active") is False and endpoint.active:
        endpoint.active, endpoint.disabled_at = False, now
    endpoint.updated_at = now
    session.flush()
    return endpoint


def delete(session: Session, caller: Caller, endpoint_id: UUID, now: datetime) -> None:
    """Delete a webhook and its secrets; its log stays with us. Raises `NotFound`."""
    endpoint = locked(session, caller, endpoint_id)
    endpoint.active, endpoint.deleted_at = False, now
    session.flush()
    queries.forget_secrets(session, endpoint_id)


def rotate(session: Session, caller: Caller, endpoint_id: UUID, now: datetime) -> dict[str, Any]:
    """Sign with a new secret, and with the one before for a day more. Raises `NotFound`."""
    endpoint = locked(session, caller, endpoint_id)
    secret, expires_at = new_secret(), now + OVERLAP
    queries.forget_secrets(session, endpoint_id, until=now)
    queries.let_secrets_expire(session, endpoint_id, expires_at)
    queries.add_secret(session, endpoint, secret, now)
    return {"secret": secret, "previous_expires_at": expires_at}


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: `whsec_` and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def view(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """A webhook as it is shown."""
    shown = ("id", "url", "description", "events", "active", "failing_since")
    more = ("disabled_at", "disabled_reason", "created_at", "updated_at")
    return {name: getattr(endpoint, name) for name in shown + more}


def _check(payload: Mapping[str, Any]) -> None:
    if "url" in payload:
        try:
            ssrf_guard.parse_destination(payload["url"])
        except ssrf_guard.UrlRefused as refusal:
            raise Invalid({"url": [str(refusal)]}) from None
    events = payload.get("events", [])
    if len(set(events)) != len(events):
        raise Invalid({"events": ["Given more than once."]})
