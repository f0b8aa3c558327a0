"""What the conversation calls take and answer."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.ticket_api.attachments.fields import named_attachments
from services.ticket_api.attachments.schemas import AttachmentSchema
from services.ticket_api.tickets.schemas import BODY_LIMIT
from shared.db.models import TicketStatus, TimelineKind
from shared.http.schemas import PersonSchema


class WriteSchema(Schema):
    """A message; `internal` makes it a note that only support reads."""

    body = fields.String(required=True, validate=validate.Length(1, BODY_LIMIT))
    attachment_ids = named_attachments()
    internal = fields.Boolean(load_default=False)


class CloseSchema(Schema):
    """On closing, support names the cause and the improvement applied; a store sends nothing."""

    cause = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 64))
    resolution = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, BODY_LIMIT))


class ReadSchema(Schema):
    """Up to which message it was read; without one, all there is."""

    message_id = fields.UUID(load_default=None, allow_none=True)


class ReadStateSchema(Schema):
    """Whether the caller has something left to read."""

    ticket_id = fields.UUID()
    unread = fields.Boolean()


class StateSchema(Schema):
    """Where the ticket stands now."""

    id = fields.UUID()
    number = fields.Integer()
    status = fields.Enum(TicketStatus, by_value=True)
    version = fields.Integer()
    cause = fields.String(allow_none=True)
    resolution = fields.String(allow_none=True)
    last_activity_at = fields.AwareDateTime()


class MessageSchema(Schema):
    """What someone wrote."""

    id = fields.UUID()
    author = fields.Nested(PersonSchema)
    from_support = fields.Boolean()
    internal = fields.Boolean()
    body = fields.String()
    attachments = fields.List(fields.Nested(AttachmentSchema))
    created_at = fields.AwareDateTime()


class MessagePageSchema(Schema):
    """A page of messages, oldest first."""

    items = fields.List(fields.Nested(MessageSchema))
    next_cursor = fields.String(allow_none=True)


class TimelineEntrySchema(Schema):
    """One change of a ticket."""

    id = fields.UUID()
    kind = fields.Enum(TimelineKind, by_value=True)
    actor = fields.Nested(PersonSchema)
    detail = fields.Dict()
    created_at = fields.AwareDateTime()


class TimelinePageSchema(Schema):
    """A page of changes, oldest first."""

    items = fields.List(fields.Nested(TimelineEntrySchema))
    next_cursor = fields.String(allow_none=True)
