"""Reading questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.questions import queries
from services.ticket_api.questions.views import QuestionView, views
from shared.errors import NotFound
from shared.http import pagination
from shared.http.auth.callers import Caller

SCOPE = "questions"


def detail(session: Session, caller: Caller, question_id: UUID, locale: str) -> QuestionView:
    """One question. Raises `NotFound`."""
    row = queries.one(session, caller, question_id)
    if row is None:
        raise NotFound
    return views(session, [row], locale)[0]


def page(
    session: Session, caller: Caller, arguments: Mapping[str, Any], locale: str
) -> pagination.Page[QuestionView]:
    """A page of questions, newest first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.page(session, caller, arguments, after, limit + 1)
    return pagination.page(views(session, rows, locale), limit, SCOPE, by="asked_at")
