"""Response of the list of a ticket's deliveries."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shared.http.schemas import PersonSchema

CHANNELS = ("in_app", "email", "webhook")
OUTCOMES = ("unread", "read", "waiting", "sending", "sent", "dropped", "failed", "skipped")


class DeliveredWebhookSchema(Schema):
    """The webhook of a delivery."""

    id = fields.UUID()
    url = fields.String(metadata={"example": "https://hooks.example.com/botmeni"})


class DeliverySchema(Schema):
    """A delivery to a person or webhook, by one channel, with its outcome."""

    id = fields.UUID()
    channel = fields.String(validate=validate.OneOf(CHANNELS))
    person = fields.Nested(PersonSchema, allow_none=True, metadata={"description": "null: a webhook"})
    webhook = fields.Nested(DeliveredWebhookSchema, allow_none=True)
    events = fields.List(
        fields.String(),
        metadata={"description": "Several: they were folded into one", "example": ["ticket.closed"]},
    )
    count = fields.Integer(validate=validate.Range(min=1), metadata={"description": "Events told in one"})
    outcome = fields.String(validate=validate.OneOf(OUTCOMES))
    reason = fields.String(
        allow_none=True,
        metadata={
            "description": "Why it was dropped (read, preference_off, address_refused, left, "
            "endpoint_disabled), skipped (preference_off, off_by_default, email_not_set_up) or "
            "failed (address_refused, message_refused, gone, gave_up)",
            "example": "read",
        },
    )
    attempts = fields.Integer(validate=validate.Range(min=0))
    response = fields.String(
        allow_none=True, metadata={"description": "What the server said last", "example": "250 Ok"}
    )
    created_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "When it was sent, read or given up"}
    )


class DeliveryPageSchema(Schema):
    """A page of deliveries, latest first."""

    items = fields.List(fields.Nested(DeliverySchema))
    next_cursor = fields.String(allow_none=True)
