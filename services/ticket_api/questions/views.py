"""Questions as people see them: with their rating, and the ticket it led to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from services.ticket_api.attachments.views import AttachmentView, views_of_ratings
from services.ticket_api.questions.queries import QuestionRow


class QuestionTicketView(msgspec.Struct, frozen=True):
    """The ticket a rating led to."""

    id: UUID
    number: int
    status: str


class QuestionRatingView(msgspec.Struct, frozen=True, kw_only=True):
    """The current rating of a question; `rated_answer` is the answer as it was when it was rated."""

    id: UUID
    verdict: str
    comment: str
    rated_answer: str
    outcome: str
    parked_reason: str | None
    rated_at: datetime
    attachments: list[AttachmentView]
    ticket: QuestionTicketView | None


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """A buyer's question with the generated answer."""

    id: UUID
    store_id: UUID
    origin: str
    product: str | None
    text: str
    answer: str
    model: str | None
    sources: list[dict[str, Any]]
    asked_at: datetime
    rating: QuestionRatingView | None


def views(session: Session, rows: Sequence[QuestionRow], locale: str) -> list[QuestionView]:
    """Questions with the attachments of their ratings, whose rejections are explained in `locale`."""
    with_pictures = [row.rating_id for row in rows if row.rating_id and row.has_pictures]
    attachments = views_of_ratings(session, with_pictures, locale)
    return [_view(row, attachments) for row in rows]


def _view(row: QuestionRow, attachments: Mapping[UUID, list[AttachmentView]]) -> QuestionView:
    return QuestionView(
        id=row.id,
        store_id=row.store_id,
        origin=row.origin,
        product=row.product,
        text=row.text,
        answer=row.answer,
        model=row.model,
        sources=row.sources,
        asked_at=row.asked_at,
        rating=_rating_view(row, row.rating_id, attachments) if row.rating_id else None,
    )


def _rating_view(
    row: QuestionRow, rating_id: UUID, attachments: Mapping[UUID, list[AttachmentView]]
) -> QuestionRatingView:
    return QuestionRatingView(
        id=rating_id,
        verdict=row.verdict,
        comment=row.comment,
        rated_answer=row.rated_answer,
        outcome=row.outcome,
        parked_reason=row.parked_reason,
        rated_at=row.rated_at,
        attachments=attachments.get(rating_id, []),
        ticket=QuestionTicketView(row.ticket_id, row.number, row.status) if row.ticket_id else None,
    )
