"""Who am I, which plans are there, how many units are left."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.ticket_api.accounts import rules
from services.ticket_api.accounts.schemas import MeSchema, PlansSchema, QuotaSchema, StatementPageSchema
from shared.clock import now
from shared.http.auth.access import allowed
from shared.http.auth.callers import Caller, Rule
from shared.http.blueprint import Blueprint
from shared.http.pagination import PageArguments
from shared.http.problems import locale

blueprint = Blueprint("account", __name__, url_prefix="/v1", description="Tu cuenta, los planes y tu cupo")


@blueprint.get("/me")
@allowed(Rule.ANYONE)
@blueprint.answers(200, MeSchema)
def me(session: Session, caller: Caller) -> dict[str, Any]:
    """Who I am."""
    return rules.me(session, caller)


@blueprint.delete("/me/email-refusal")
@allowed(Rule.ANYONE)
@blueprint.answers(204)
def forget_refusal(session: Session, caller: Caller) -> None:
    """My address works again: try it with the next e-mail."""
    rules.forget_refusal(session, caller)


@blueprint.get("/plans")
@allowed(Rule.ANYONE)
@blueprint.answers(200, PlansSchema)
def plans(session: Session, caller: Caller) -> dict[str, Any]:
    """The plans and their benefits."""
    return {"items": rules.plans(session, caller, locale())}


@blueprint.get("/quota")
@allowed(Rule.STORE_PERSON)
@blueprint.answers(200, QuotaSchema)
def quota(session: Session, caller: Caller) -> dict[str, Any]:
    """The units of my store: limit, used, remaining, and when they are back."""
    return rules.quota(session, caller.own_store, now())


@blueprint.get("/quota/statement")
@blueprint.takes(PageArguments, location="query")
@allowed(Rule.STORE_PERSON)
@blueprint.answers(200, StatementPageSchema)
def statement(session: Session, caller: Caller, arguments: dict[str, Any]) -> dict[str, Any]:
    """Every unit my store was given, used or got back, latest first."""
    return rules.statement(session, caller.own_store, arguments)
