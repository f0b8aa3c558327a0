"""What the ticket calls take and answer."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.ticket_api.conversation.schemas import BODY_LIMIT
from services.ticket_api.pagination import PageArguments
from services.ticket_api.people import PersonSchema
from services.ticket_api.questions.schemas import QuestionSchema
from shared.models import Origin, ParkedReason, TicketKind, TicketStatus, Verdict


class TicketArguments(PageArguments):
    """Filters of the list, combinable."""

    status = fields.Enum(TicketStatus, by_value=True)


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


_YELLOW_OR_RED = validate.OneOf([Verdict.IMPROVABLE, Verdict.INCORRECT])


class NewTicketSchema(Schema):
    """A generic ticket: what there is to say, and how bad it is."""

    body = fields.String(required=True, validate=validate.Length(1, BODY_LIMIT))
    verdict = fields.Enum(
        Verdict,
        by_value=True,
        required=True,
        validate=validate.OneOf([Verdict.IMPROVABLE, Verdict.INCORRECT]),
    )
