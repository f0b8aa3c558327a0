"""A rating as people see it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from services.ticket_api.attachments.views import AttachmentView
from shared.db.models import Outcome, ParkedReason, Verdict


class RatingView(msgspec.Struct, frozen=True, kw_only=True):
    """A rating as it was saved; `outcome` says what became of its request for a ticket."""

    id: UUID
    question_id: UUID
    verdict: Verdict
    comment: str
    outcome: Outcome
    parked_reason: ParkedReason | None
    rated_at: datetime
    attachments: list[AttachmentView]
