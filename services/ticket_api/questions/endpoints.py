"""Answered questions: Histórico, Test and Pendientes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.questions import rules
from services.ticket_api.questions.schemas import QuestionArguments, QuestionPageSchema, QuestionSchema
from services.ticket_api.questions.views import QuestionView
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.pagination import Page
from shared.http.problems import locale

blueprint = Blueprint("questions", __name__, url_prefix="/v1/questions", description="Preguntas respondidas")


@blueprint.get("")
@blueprint.takes(QuestionArguments, location="query")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, QuestionPageSchema)
def list_questions(session: Session, caller: Caller, arguments: dict[str, Any]) -> Page[QuestionView]:
    """Questions by origin, rated or not, and text; newest first."""
    return rules.page(session, caller, arguments, locale())


@blueprint.get("/<uuid:question_id>")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, QuestionSchema)
def get_question(session: Session, caller: Caller, question_id: UUID) -> QuestionView:
    """One question with its rating and ticket."""
    return rules.detail(session, caller, question_id, locale())
