"""What the rating calls answer."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.ticket_api.attachments.schemas import AttachmentSchema
from shared.db.models import Outcome, ParkedReason, Verdict


class RatingSchema(Schema):
    """A rating as it was saved; `outcome` says what became of its request for a ticket."""

    id = fields.UUID()
    question_id = fields.UUID()
    verdict = fields.Enum(Verdict, by_value=True)
    comment = fields.String()
    outcome = fields.Enum(Outcome, by_value=True)
    parked_reason = fields.Enum(ParkedReason, by_value=True, allow_none=True)
    rated_at = fields.AwareDateTime()
    attachments = fields.List(fields.Nested(AttachmentSchema))
