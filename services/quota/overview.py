"""What a store's people see: the plans, the store's remaining units, and its ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.quota import overview_queries as queries
from services.quota.overview_queries import StatementRow
from services.quota.period_dates import period_containing
from services.quota.views import MovementView, PlanView, QuotaView, StatementTicketView
from shared.db.models import Plan
from shared.http import pagination
from shared.http.auth.callers import Caller

CURSOR_SCOPE = "quota-statement"


def plans(session: Session, caller: Caller, locale: str) -> list[PlanView]:
    """All plans in the language `locale` (es, en); `current` marks that of the caller's store."""
    current = queries.plan_of(session, caller.store_id).code if caller.store_id else None
    english = locale == "en"
    return [
        PlanView(
            code=plan.code,
            name=plan.name_en if english else plan.name_es,
            tickets_included=plan.tickets_included,
            units_per_period=plan.units_per_period,
            period_months=plan.period_months,
            benefits=plan.benefits_en if english else plan.benefits_es,
            current=plan.code == current,
        )
        for plan in queries.plans(session)
    ]


def quota(session: Session, store_id: UUID, now: datetime) -> QuotaView:
    """The store's units at `now`: the limit, used and remaining ones, and when the next period begins.

    A period keeps its limit until its end, also if the store changes to a lesser plan. The first ticket
    opens a period; before that, none of the plan's units is used.
    """
    plan = queries.plan_of(session, store_id)
    period = queries.period_at(session, store_id, now)
    if period is not None:
        return _quota(plan, period.unit_limit, period.used, period.ends_at)
    if not plan.tickets_included:
        return _quota(plan, 0, 0, None, tickets_included=False)
    store = queries.store(session, store_id)
    next_period = period_containing(now, store.subscribed_on, plan.period_months, store.time_zone)
    return _quota(plan, plan.units_per_period, 0, next_period.ends_at)


def _quota(
    plan: Plan, limit: int | None, used: int, resets_at: datetime | None, *, tickets_included: bool = True
) -> QuotaView:
    return QuotaView(
        plan=plan.code,
        tickets_included=tickets_included,
        limit=limit,
        used=used,
        remaining=None if limit is None else limit - used,
        resets_at=resets_at,
    )


def ledger_page(
    session: Session, store_id: UUID, arguments: Mapping[str, Any]
) -> pagination.Page[MovementView]:
    """A page of the store's ledger entries, latest first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], CURSOR_SCOPE)
    rows = queries.ledger(session, store_id, after, limit + 1)
    return pagination.page([_movement(row) for row in rows], limit, CURSOR_SCOPE, by="created_at")


def _movement(row: StatementRow) -> MovementView:
    return MovementView(
        id=row.id,
        kind=row.kind,
        units=row.units,
        ticket=StatementTicketView(row.ticket_id, row.ticket_number) if row.ticket_id else None,
        created_at=row.created_at,
    )
