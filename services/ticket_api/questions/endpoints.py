"""Answered questions: Histórico, Test and Pendientes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from sqlalchemy.orm import Session

from services.ticket_api.questions import rules
from services.ticket_api.questions.schemas import QuestionArguments, QuestionPageSchema, QuestionSchema
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.problems import locale
from shared.http.responses import json_response

blueprint = Blueprint("questions", __name__, url_prefix="/v1/questions", description="Preguntas respondidas")


@blueprint.get("")
@blueprint.takes(QuestionArguments, location="query")
@allowed(Permission.ANYONE)
@blueprint.answers(200, QuestionPageSchema)
def list_questions(session: Session, caller: Caller, arguments: dict[str, Any]) -> Response:
    """Questions by origin, rated or not, and text; newest first."""
    return json_response(rules.page(session, caller, arguments, locale()))


@blueprint.get("/<uuid:question_id>")
@allowed(Permission.ANYONE)
@blueprint.answers(200, QuestionSchema)
def get_question(session: Session, caller: Caller, question_id: UUID) -> Response:
    """One question with its rating and ticket."""
    return json_response(rules.detail(session, caller, question_id, locale()))
