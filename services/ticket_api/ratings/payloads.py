"""What rating takes, by HTTP and by a message of another service alike."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.ticket_api.attachments.fields import named_attachments
from shared.db.models import Verdict
from shared.messaging.inbound.schema import InboundMessage

COMMENT_LIMIT = 20_000


class RateSchema(Schema):
    """A verdict and, optionally, why; pictures attached before stay with the rating."""

    verdict = fields.Enum(Verdict, by_value=True, required=True)
    comment = fields.String(load_default="", validate=validate.Length(max=COMMENT_LIMIT))
    attachment_ids = named_attachments()


class RatingMessageSchema(RateSchema, InboundMessage):
    """The message `ratings.record`: somebody of a store rates; sending the same id again changes nothing."""

    id = fields.UUID(required=True, metadata={"description": "Of this message, chosen by its sender"})
    question_id = fields.UUID(required=True)
    person_id = fields.UUID(
        required=True, metadata={"description": "Who rates: someone of the question's store, still active"}
    )
