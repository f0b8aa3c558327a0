"""What a person is told of themselves, the plans and the units of their store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.quota.period_dates import period_containing
from services.ticket_api.accounts import queries
from services.ticket_api.accounts.queries import LedgerRow
from shared.db.models import Plan
from shared.http import pagination
from shared.http.auth.callers import Caller

STATEMENT = "quota-statement"


def me(session: Session, caller: Caller) -> dict[str, Any]:
    """The caller, with their store and whether e-mail reaches them."""
    person, store, refusal = queries.person(session, caller.person_id)
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "email_status": "refused" if refusal else "ok",
        "email_reason": refusal,
        "locale": person.locale,
        "roles": person.roles,
        "store": store,
    }


def forget_refusal(session: Session, caller: Caller) -> None:
    """Let the caller's address be tried again."""
    queries.forget_refusal(session, caller.person_id)


def plans(session: Session, caller: Caller, locale: str) -> list[dict[str, Any]]:
    """Every plan in the language `locale`; the caller's own is marked."""
    own = queries.plan_of(session, caller.store_id).code if caller.store_id else None
    return [_plan(plan, locale) | {"current": plan.code == own} for plan in queries.plans(session)]


def _plan(plan: Plan, locale: str) -> dict[str, Any]:
    english = locale == "en"
    return {
        "code": plan.code,
        "name": plan.name_en if english else plan.name_es,
        "tickets_included": plan.tickets_included,
        "units_per_period": plan.units_per_period,
        "period_months": plan.period_months,
        "benefits": plan.benefits_en if english else plan.benefits_es,
    }


def quota(session: Session, store_id: UUID, now: datetime) -> dict[str, Any]:
    """The store's units now.

    A period that has begun counts to its end, whatever plan the store has changed to meanwhile. Before
    the first ticket opens one, nobody has used any of the plan's.
    """
    plan = queries.plan_of(session, store_id)
    period = queries.period_at(session, store_id, now)
    if period is not None:
        return _quota(plan, period.unit_limit, period.used, period.ends_at)
    if not plan.tickets_included:
        return _quota(plan, 0, 0, None) | {"tickets_included": False}
    store = queries.store(session, store_id)
    next_period = period_containing(now, store.subscribed_on, plan.period_months, store.time_zone)
    return _quota(plan, plan.units_per_period, 0, next_period.ends_at)


def _quota(plan: Plan, limit: int | None, used: int, resets_at: datetime | None) -> dict[str, Any]:
    return {
        "plan": plan.code,
        "tickets_included": True,
        "limit": limit,
        "used": used,
        "remaining": None if limit is None else limit - used,
        "resets_at": resets_at,
    }


def statement(session: Session, store_id: UUID, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the store's ledger, latest first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], STATEMENT)
    rows = queries.ledger(session, store_id, after, limit + 1)
    return pagination.page([_movement(row) for row in rows], limit, STATEMENT, by="created_at")


def _movement(row: LedgerRow) -> dict[str, Any]:
    entry, ticket_id, number = row
    return {
        "id": entry.id,
        "kind": entry.kind,
        "units": entry.units,
        "ticket": {"id": ticket_id, "number": number} if ticket_id else None,
        "created_at": entry.created_at,
    }
