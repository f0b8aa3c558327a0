"""Rate an answer; promote a rating that had to wait."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.attachments.rules import ATTACH_ERRORS
from services.ticket_api.ratings import rules
from services.ticket_api.ratings.payloads import RateSchema
from services.ticket_api.ratings.schemas import RatingSchema
from services.ticket_api.ratings.views import RatingView
from shared.clock import now
from shared.errors import RatingNotParked
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.idempotency.idempotent import idempotent
from shared.http.problems import locale
from shared.messaging.outbox.unit_of_work import unit_of_work

blueprint = Blueprint("ratings", __name__, url_prefix="/v1", description="Calificaciones")


@blueprint.put("/questions/<uuid:question_id>/rating")
@blueprint.takes(RateSchema)
@allowed(Permission.STORE_PERSON)
@idempotent
@blueprint.answers(202, RatingSchema, refuses=ATTACH_ERRORS)
def rate(session: Session, caller: Caller, payload: dict[str, Any], question_id: UUID) -> RatingView:
    """Rate the answer to a question: always saved; yellow and red ask for a ticket."""
    with unit_of_work(session) as work:
        return rules.rate(work, caller, question_id, payload, now(), locale())


@blueprint.post("/ratings/<uuid:rating_id>/promote")
@allowed(Permission.STORE_TICKETS)
@idempotent
@blueprint.answers(202, RatingSchema, refuses=(RatingNotParked,))
def promote(session: Session, caller: Caller, rating_id: UUID) -> RatingView:
    """Ask again for the ticket of a parked rating."""
    with unit_of_work(session) as work:
        return rules.promote(work, caller, rating_id, locale())
