"""Requests and responses of the notification endpoints."""

from __future__ import annotations

from marshmallow import Schema, fields

from shared.http.pagination import PageArguments


class NotificationArguments(PageArguments):
    """Query arguments of the list."""

    unread = fields.Boolean()


class NotificationSchema(Schema):
    """A notification."""

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
    """The notifications to mark read; all of them where `ids` is missing or null."""

    ids = fields.List(fields.UUID(), load_default=None, allow_none=True)


class MarkedSchema(Schema):
    """The number of notifications that are still unread."""

    unread_count = fields.Integer()
