"""What a person is told of themselves, the plans and the units of their store."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.account import queries
from services.ticket_api.callers import Caller
from shared.models import Plan
from shared.periods import period_containing


def me(session: Session, caller: Caller) -> dict[str, Any]:
    """The caller, with their store."""
    person_id, name, email, locale, roles, store_id, store_name = queries.person(session, caller.person_id)
    store = {"id": store_id, "name": store_name} if store_id else None
    return {
        "id": person_id,
        "name": name,
        "email": email,
        "locale": locale,
        "roles": roles,
        "store": store,
    }


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
    """The store's units now. Nobody has used any before the period is opened by its first ticket."""
    plan = queries.plan_of(session, store_id)
    if not plan.tickets_included:
        return {
            "plan": plan.code,
            "tickets_included": False,
            "limit": 0,
            "used": 0,
            "remaining": 0,
            "resets_at": None,
        }
    period = queries.period_at(session, store_id, now)
    store = queries.store(session, store_id)
    limit = period.unit_limit if period else plan.units_per_period
    used = period.used if period else 0
    ends_at = (
        period.ends_at
        if period
        else period_containing(now, store.subscribed_on, plan.period_months, store.time_zone).ends_at
    )
    return {
        "plan": plan.code,
        "tickets_included": True,
        "limit": limit,
        "used": used,
        "remaining": None if limit is None else limit - used,
        "resets_at": ends_at,
    }
