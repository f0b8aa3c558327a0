"""Requests and responses of the webhook endpoints."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from services.notifier.webhooks.events import TEST_EVENT, WEBHOOK_EVENTS
from shared.db.models import DeliveryOutcome
from shared.http.pagination import PageArguments
from shared.ssrf_guard import MAX_URL_LENGTH

_EVENTS = [event.name for event in WEBHOOK_EVENTS]
_URL = "https://hooks.example.com/botmeni"
_REASONS = ["gone", "gave_up", "endpoint_disabled"]


def _url(**more: Any) -> fields.String:
    return fields.String(
        validate=validate.Length(1, MAX_URL_LENGTH),
        metadata={"description": "A public https address", "example": _URL},
        **more,
    )


def _events(**more: Any) -> fields.List[Any]:
    return fields.List(
        fields.String(validate=validate.OneOf(_EVENTS)),
        validate=validate.Length(1, len(_EVENTS)),
        metadata={"uniqueItems": True},
        **more,
    )


class NewWebhookSchema(Schema):
    """A webhook to create: its address and events."""

    url = _url(required=True)
    events = _events(required=True)
    description = fields.String(load_default="", validate=validate.Length(0, 200))


class ChangedWebhookSchema(Schema):
    """Changes of a webhook; fields that are left out stay as they are."""

    url = _url()
    events = _events()
    description = fields.String(validate=validate.Length(0, 200))
    active = fields.Boolean(metadata={"description": "true: begin anew, whatever failed before"})


class WebhookSchema(Schema):
    """A webhook."""

    id = fields.UUID()
    url = _url()
    description = fields.String()
    events = _events()
    active = fields.Boolean()
    failing_since = fields.AwareDateTime(allow_none=True)
    disabled_at = fields.AwareDateTime(allow_none=True)
    disabled_reason = fields.String(
        allow_none=True,
        validate=validate.OneOf(["gone", "failing"]),
        metadata={"description": "gone: it answered 410. failing: nothing succeeded for days"},
    )
    created_at = fields.AwareDateTime()
    updated_at = fields.AwareDateTime()


class WebhookWithSecretSchema(WebhookSchema):
    """A webhook that was just created, with its secret."""

    secret = fields.String(
        metadata={"description": "Shown this once; calls are signed with it", "example": "whsec_c2VjcmV0"}
    )


class WebhooksSchema(Schema):
    """All webhooks of the store."""

    items = fields.List(fields.Nested(WebhookSchema))


class RotatedSchema(Schema):
    """A new secret, and when the previous one expires; until then calls are signed with both."""

    secret = fields.String(metadata={"description": "Shown this once", "example": "whsec_c2VjcmV0"})
    previous_expires_at = fields.AwareDateTime()


class WebhookDeliveryArguments(PageArguments):
    """Query arguments of the log."""

    outcome = fields.Enum(DeliveryOutcome, by_value=True)


class WebhookDeliverySchema(Schema):
    """The delivery of an event to a webhook; `id` is the `webhook-id` of every attempt."""

    id = fields.UUID()
    event = fields.String(validate=validate.OneOf([*_EVENTS, TEST_EVENT]))
    ticket_id = fields.UUID(allow_none=True)
    outcome = fields.Enum(DeliveryOutcome, by_value=True)
    reason = fields.String(allow_none=True, validate=validate.OneOf(_REASONS))
    attempts = fields.Integer(validate=validate.Range(min=0))
    created_at = fields.AwareDateTime()
    due_at = fields.AwareDateTime(metadata={"description": "When it is, or was, to be tried next"})
    ended_at = fields.AwareDateTime(allow_none=True)


class WebhookDeliveryPageSchema(Schema):
    """A page of the log, latest first."""

    items = fields.List(fields.Nested(WebhookDeliverySchema))
    next_cursor = fields.String(allow_none=True)


class WebhookAttemptSchema(Schema):
    """An attempt: the receiver's response, or the error."""

    number = fields.Integer(validate=validate.Range(min=1))
    started_at = fields.AwareDateTime()
    duration_ms = fields.Integer(validate=validate.Range(min=0))
    status = fields.Integer(allow_none=True, metadata={"example": 200})
    error = fields.String(allow_none=True, metadata={"example": "no complete answer within 15 s"})
    response = fields.String(metadata={"description": "The first kilobyte of the answer", "example": "ok"})


class WebhookDeliveryDetailSchema(WebhookDeliverySchema):
    """A delivery with its payload and all its attempts."""

    payload = fields.String(metadata={"description": "The body, as it was signed", "example": "{}"})
    log = fields.List(fields.Nested(WebhookAttemptSchema))
