"""Reading and saving ratings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.db.bulk_insert import insert_rows
from shared.db.models import Question, Rating
from shared.http.auth.callers import Caller
from shared.http.auth.store_scope import visible


def question(session: Session, caller: Caller, question_id: UUID) -> Question | None:
    """A question `caller` may see."""
    return session.scalar(visible(select(Question).where(Question.id == question_id), Question, caller))


def insert_first(session: Session, rating: dict[str, Any]) -> bool:
    """Save the first rating of a question; false when somebody was first."""
    result = insert_rows(session, Rating, [rating], "ON CONFLICT (question_id) DO NOTHING")
    return result is not None and result.rowcount == 1


def lock_of_question(session: Session, question_id: UUID) -> Rating:
    """The rating of a question, locked until the transaction ends."""
    return session.scalars(
        select(Rating).where(Rating.question_id == question_id).with_for_update(key_share=True)
    ).one()


def lock(session: Session, caller: Caller, rating_id: UUID) -> Rating | None:
    """A rating `caller` may see, locked until the transaction ends."""
    return session.scalar(
        visible(select(Rating).where(Rating.id == rating_id), Rating, caller).with_for_update(key_share=True)
    )
