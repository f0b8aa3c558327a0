"""What the ticket calls take and answer."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.ticket_api.pagination import PageArguments
from services.ticket_api.questions.schemas import QuestionSchema
from shared.models import Origin, ParkedReason, TicketKind, TicketStatus, TimelineKind, Verdict


class TicketArguments(PageArguments):
    """Filters of the list, combinable."""

    status = fields.Enum(TicketStatus, by_value=True)


class PersonSchema(Schema):
    """Someone, in brief."""

    id = fields.UUID()
    name = fields.String()


class TicketSchema(Schema):
    """A ticket in a list."""

    id = fields.UUID()
    store_id = fields.UUID()
    number = fields.Integer()
    kind = fields.Enum(TicketKind, by_value=True)
    verdict = fields.Enum(Verdict, by_value=True)
    status = fields.Enum(TicketStatus, by_value=True)
    parked_reason = fields.Enum(ParkedReason, by_value=True, allow_none=True)
    origin = fields.Enum(Origin, by_value=True, allow_none=True)
    excerpt = fields.String(metadata={"description": "Beginning of the question or of the first message"})
    last_position = fields.Integer(metadata={"description": "Position of the newest message you may read"})
    opened_by = fields.Nested(PersonSchema)
    created_at = fields.AwareDateTime()
    last_activity_at = fields.AwareDateTime()


class TicketPageSchema(Schema):
    """A page of tickets, latest activity first."""

    items = fields.List(fields.Nested(TicketSchema))
    next_cursor = fields.String(allow_none=True)


class TicketDetailSchema(TicketSchema):
    """A ticket; the question that led to it stands first, if one did."""

    question = fields.Nested(QuestionSchema, allow_none=True)


class MessageSchema(Schema):
    """What someone wrote."""

    id = fields.UUID()
    position = fields.Integer(metadata={"description": "Counts up from 1 within the ticket"})
    author = fields.Nested(PersonSchema)
    from_support = fields.Boolean()
    body = fields.String()
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
