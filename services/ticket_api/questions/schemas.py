"""What the question calls take and answer."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.ticket_api.attachments.schemas import AttachmentSchema
from shared.db.models import Origin, Outcome, ParkedReason, TicketStatus, Verdict
from shared.http.pagination import PageArguments


class QuestionArguments(PageArguments):
    """Filters of the list, combinable."""

    origin = fields.Enum(Origin, by_value=True)
    rated = fields.Boolean()
    q = fields.String(validate=validate.Length(1, 200))


class QuestionTicketSchema(Schema):
    """The ticket a rating led to."""

    id = fields.UUID()
    number = fields.Integer()
    status = fields.Enum(TicketStatus, by_value=True)


class QuestionRatingSchema(Schema):
    """The current rating of a question."""

    id = fields.UUID()
    verdict = fields.Enum(Verdict, by_value=True)
    comment = fields.String()
    rated_answer = fields.String(metadata={"description": "The answer as it was when it was rated"})
    outcome = fields.Enum(Outcome, by_value=True)
    parked_reason = fields.Enum(ParkedReason, by_value=True, allow_none=True)
    rated_at = fields.AwareDateTime()
    attachments = fields.List(fields.Nested(AttachmentSchema))
    ticket = fields.Nested(QuestionTicketSchema, allow_none=True)


class QuestionSchema(Schema):
    """A buyer's question with the generated answer."""

    id = fields.UUID()
    store_id = fields.UUID()
    origin = fields.Enum(Origin, by_value=True)
    product = fields.String(allow_none=True)
    text = fields.String()
    answer = fields.String()
    model = fields.String(allow_none=True)
    sources = fields.List(fields.Dict())
    asked_at = fields.AwareDateTime()
    rating = fields.Nested(QuestionRatingSchema, allow_none=True)


class QuestionPageSchema(Schema):
    """A page of questions, newest first."""

    items = fields.List(fields.Nested(QuestionSchema))
    next_cursor = fields.String(allow_none=True)
