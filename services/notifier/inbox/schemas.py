"""What the notification calls take and answer."""

from __future__ import annotations

from marshmallow import Schema, fields

from shared.http.pagination import PageArguments


class NotificationArguments(PageArguments):
    """Filter of the list."""

    unread = fields.Boolean()


class NotificationSchema(Schema):
    """One line of the notifications section."""

    id = fields.UUID()
    event = fields.String()
    text = fields.String(metadata={"description": "For people, in their language"})
    ticket_id = fields.UUID(allow_none=True)
    count = fields.Integer(metadata={"description": "How many events of the ticket are folded into it"})
    detail = fields.Dict()
    created_at = fields.AwareDateTime()
    updated_at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)


class NotificationPageSchema(Schema):
    """A page of notifications, latest first."""

    items = fields.List(fields.Nested(NotificationSchema))
    next_cursor = fields.String(allow_none=True)
    unread_count = fields.Integer()


class MarkReadSchema(Schema):
    """Which notifications were read; without `ids`, all of them."""

    ids = fields.List(fields.UUID(), load_default=None, allow_none=True)


class MarkedSchema(Schema):
    """How many are unread now."""

    unread_count = fields.Integer()
