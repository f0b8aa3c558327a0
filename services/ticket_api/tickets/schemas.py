"""What the ticket calls take and answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate

from services.ticket_api.attachments.fields import named_attachments
from services.ticket_api.questions.schemas import QuestionSchema
from services.ticket_api.tickets.lists.filters import NOBODY, Sort
from shared.db.models import Origin, ParkedReason, TicketKind, TicketStatus, Verdict
from shared.http.pagination import PageArguments
from shared.http.schemas import PersonSchema, StoreSchema

BODY_LIMIT = 20_000
"""Characters of a message, a note or a resolution, at most."""

QUERY_LIMIT = 200
MAX_NUMBER = 2**53 - 1
"""The largest whole number that every reader of JSON takes for what it is (RFC 8259, 6)."""

TICKET_VERDICTS = [Verdict.IMPROVABLE, Verdict.INCORRECT]


class AssigneeField(fields.Field[UUID | str]):
    """The id of one of support's people, or `none`."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> UUID | str:
        try:
            return value if value == NOBODY else UUID(value)
        except ValueError:
            raise ValidationError("Not a valid person.") from None


class FilterArguments(Schema):
    """Filters, combinable: a ticket must meet all of them."""

    status = fields.List(
        fields.Enum(TicketStatus, by_value=True), metadata={"description": "Repeatable: any of them"}
    )
    verdict = fields.Enum(Verdict, by_value=True, validate=validate.OneOf(TICKET_VERDICTS))
    kind = fields.Enum(TicketKind, by_value=True)
    origin = fields.Enum(
        Origin, by_value=True, metadata={"description": "The module its question is seen in"}
    )
    unread = fields.Boolean(metadata={"description": "Whether it holds messages you have not read"})
    created_from = fields.AwareDateTime(metadata={"description": "Created then or later"})
    created_to = fields.AwareDateTime(metadata={"description": "Created before then"})
    number = fields.Integer(validate=validate.Range(1, MAX_NUMBER))
    q = fields.String(
        validate=validate.Length(1, QUERY_LIMIT),
        metadata={
            "description": "Words in messages, question, answer or number: all must be there;"
            " accents and endings make no difference"
        },
    )
    store_id = fields.UUID(metadata={"description": "Support only"})
    assignee = AssigneeField(
        metadata={
            "description": "Support only: the id of one of its people, or `none`",
            "type": "string",
            "pattern": f"^({NOBODY}|[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})$",
            "example": NOBODY,
        }
    )


class OrderedArguments(FilterArguments):
    """Filters and order."""

    sort = fields.Enum(
        Sort,
        by_value=True,
        load_default=Sort.LAST_ACTIVITY,
        metadata={"description": "Highest first: the latest activity, or the number"},
    )


class TicketArguments(PageArguments, OrderedArguments):
    """Filters, order and page of the list."""


class ExportArguments(OrderedArguments):
    """Filters and order of a file."""

    delimiter = fields.String(
        load_default=",",
        validate=validate.OneOf([",", ";"]),
        metadata={"description": "What stands between cells; Excel in Spanish opens `;` by itself"},
    )


class TicketSchema(Schema):
    """A ticket in a list."""

    id = fields.UUID()
    store = fields.Nested(StoreSchema)
    number = fields.Integer(metadata={"description": "Counts up within the store"})
    kind = fields.Enum(TicketKind, by_value=True)
    verdict = fields.Enum(Verdict, by_value=True)
    status = fields.Enum(TicketStatus, by_value=True)
    parked_reason = fields.Enum(ParkedReason, by_value=True, allow_none=True)
    cause = fields.String(allow_none=True, metadata={"description": "The code of why it was closed"})
    origin = fields.Enum(Origin, by_value=True, allow_none=True)
    excerpt = fields.String(metadata={"description": "Beginning of the question or of the first message"})
    last_position = fields.Integer(metadata={"description": "Position of the newest message you may read"})
    unread = fields.Boolean(metadata={"description": "Whether it holds messages you have not read"})
    opened_by = fields.Nested(PersonSchema)
    assignee = fields.Nested(PersonSchema, allow_none=True)
    created_at = fields.AwareDateTime()
    last_activity_at = fields.AwareDateTime()


class TicketPageSchema(Schema):
    """A page of tickets.

    It may be shorter than `limit` although others follow: when few of very many tickets meet the filters,
    a call looks at some thousands of them and its cursor goes on from there. The list ends where
    `next_cursor` is null.
    """

    items = fields.List(fields.Nested(TicketSchema))
    next_cursor = fields.String(allow_none=True)


class CountSchema(Schema):
    """How many tickets of a status meet the filters; `capped`: at least so many."""

    status = fields.Enum(TicketStatus, by_value=True)
    count = fields.Integer()
    capped = fields.Boolean(
        metadata={"description": "More tickets of the status would have had to be looked at than 10,000"}
    )


class CountsSchema(Schema):
    """A count per status, whatever `status` is asked for."""

    items = fields.List(fields.Nested(CountSchema))


class TicketDetailSchema(TicketSchema):
    """A ticket; the question that led to it stands first, if one did."""

    question = fields.Nested(QuestionSchema, allow_none=True)
    cause_name = fields.String(allow_none=True, metadata={"description": "In the reader's language"})
    resolution = fields.String(allow_none=True, metadata={"description": "The improvement applied"})
    closed_at = fields.AwareDateTime(allow_none=True)
    version = fields.Integer(metadata={"description": "Counts changes; the ETag is made of it"})


class NewTicketSchema(Schema):
    """A generic ticket: what there is to say, and how bad it is."""

    body = fields.String(required=True, validate=validate.Length(1, BODY_LIMIT))
    attachment_ids = named_attachments()
    verdict = fields.Enum(
        Verdict,
        by_value=True,
        required=True,
        validate=validate.OneOf(TICKET_VERDICTS),
    )
