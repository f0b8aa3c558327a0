"""The list of a ticket's deliveries, with which support sees why something was or was not sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifier.deliveries import rules
from services.notifier.deliveries.schemas import DeliveryPageSchema
from services.notifier.deliveries.views import DeliveryView
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.pagination import Page, PageArguments

blueprint = Blueprint("deliveries", __name__, url_prefix="/v1/tickets", description="Entregas de avisos")


@blueprint.get("/<uuid:ticket_id>/deliveries")
@blueprint.takes(PageArguments, location="query")
@allowed(Permission.SUPPORT)
@blueprint.answers(200, DeliveryPageSchema)
def list_ticket_deliveries(
    session: Session, caller: Caller, arguments: dict[str, Any], ticket_id: UUID
) -> Page[DeliveryView]:
    """Who was told of the ticket, by which channel and with which outcome, latest first."""
    return rules.page(session, caller, ticket_id, arguments)
