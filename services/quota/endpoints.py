"""Endpoints of the plans, of a store's remaining units, and of its ledger."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.quota import overview
from services.quota.schemas import PlansSchema, QuotaSchema, StatementPageSchema
from services.quota.views import MovementView, PlanView, QuotaView
from shared.clock import now
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.blueprint import Blueprint
from shared.http.pagination import Page, PageArguments
from shared.http.problems import locale
from shared.http.views import ListView

blueprint = Blueprint("quota", __name__, url_prefix="/v1", tag="account")


@blueprint.get("/plans")
@allowed(Permission.AUTHENTICATED)
@blueprint.answers(200, PlansSchema)
def plans(session: Session, caller: Caller) -> ListView[PlanView]:
    """The plans and their benefits."""
    return ListView(overview.plans(session, caller, locale()))


@blueprint.get("/quota")
@allowed(Permission.STORE_PERSON)
@blueprint.answers(200, QuotaSchema)
def quota(session: Session, caller: Caller) -> QuotaView:
    """The units of my store: limit, used, remaining, and when they are back."""
    return overview.quota(session, caller.own_store, now())


@blueprint.get("/quota/statement")
@blueprint.takes(PageArguments, location="query")
@allowed(Permission.STORE_PERSON)
@blueprint.answers(200, StatementPageSchema)
def statement(session: Session, caller: Caller, arguments: dict[str, Any]) -> Page[MovementView]:
    """Every unit my store was given, used or got back, latest first."""
    return overview.ledger_page(session, caller.own_store, arguments)
