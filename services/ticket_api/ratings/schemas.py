"""What the rating calls take and answer."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.ticket_api.attachments.schemas import AttachmentSchema, named_attachments
from shared.models import Outcome, ParkedReason, Verdict

COMMENT_LIMIT = 20_000


class RateSchema(Schema):
    """A verdict and, if wanted, why; pictures named before stay with the rating."""

    verdict = fields.Enum(Verdict, by_value=True, required=True)
    comment = fields.String(load_default="", validate=validate.Length(max=COMMENT_LIMIT))
    attachment_ids = named_attachments()


class RatingSchema(Schema):
    """A rating as it was saved; `outcome` tells what became of its wish for a ticket."""

    id = fields.UUID()
    question_id = fields.UUID()
    verdict = fields.Enum(Verdict, by_value=True)
    comment = fields.String()
    outcome = fields.Enum(Outcome, by_value=True)
    parked_reason = fields.Enum(ParkedReason, by_value=True, allow_none=True)
    rated_at = fields.AwareDateTime()
    attachments = fields.List(fields.Nested(AttachmentSchema))
