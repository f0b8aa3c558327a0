"""Periods of stores: opened on first use, and raised at once when a store gets a better plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.quota import period_queries, queries
from services.quota.period_dates import period_containing
from services.quota.period_queries import CurrentPlan, StoreWithoutPeriod
from services.quota.thresholds import highest_reached
from shared.db.bulk_insert import insert_rows
from shared.db.models import LedgerEntry, LedgerKind, QuotaPeriod
from shared.ids import new_id
from shared.messaging.events import StorePlanChanged


def open_periods(session: Session, stores: Collection[UUID], now: datetime) -> None:
    """Open a period for each of `stores` that has tickets in its plan and no period at `now`.

    The ledger gets an entry `grant` with the period's limit, if it has one; its subject is the period.
    """
    missing = period_queries.lock_stores_without_period(session, stores, now)
    if not missing:
        return
    periods = [_period(store, now) for store in period_queries.stores_without_period(session, missing, now)]
    insert_rows(session, QuotaPeriod, periods)
    grants = [
        queries.ledger_row(period, LedgerKind.GRANT, period["unit_limit"], period["id"], now)
        for period in periods
        if period["unit_limit"] is not None
    ]
    insert_rows(session, LedgerEntry, grants)


def _period(store: StoreWithoutPeriod, now: datetime) -> dict[str, Any]:
    period = period_containing(now, store.subscribed_on, store.months, store.time_zone)
    return {
        "id": new_id(),
        "store_id": store.id,
        # If the subscription day, time zone or length was changed, it begins where the previous period ended.
        "starts_at": max(period.starts_at, store.last_ended or period.starts_at),
        "ends_at": period.ends_at,
        "unit_limit": store.unit_limit,
        "used": 0,
        "announced_percent": 0,
    }


def raise_limits_to_plan(session: Session, changes: Sequence[StorePlanChanged], now: datetime) -> None:
    """Raise each store's current period to the limit of its plan; a lesser plan applies from the next period.

    The plan is read from the store, not from the event: events may be late or out of order. Thresholds are
    announced again when they are reached again, because they are shares of another limit.
    """
    stores = {change.store_id for change in changes}
    allowances = queries.lock_allowances(session, stores, now)
    granted = period_queries.operator_grants(
        session, [allowance.period_id for allowance in allowances.values() if allowance.period_id]
    )
    new_limits, adjustments = [], []
    for store_id, current in period_queries.current_plans(session, stores).items():
        allowance = allowances[store_id]
        # Units that operators granted are added to the better plan, too.
        plan = _with_units(current, granted.get(allowance.period_id, 0) if allowance.period_id else 0)
        if allowance.period_id is None or not _is_better(plan, allowance.unit_limit):
            continue
        percent = highest_reached(allowance.used, plan.unit_limit)
        new_limits.append({"id": allowance.period_id, "unit_limit": plan.unit_limit, "percent": percent})
        added = None if plan.unit_limit is None else plan.unit_limit - (allowance.unit_limit or 0)
        period = {"id": allowance.period_id, "store_id": store_id}
        # Limits of a period only rise, so each limit is set once and the subject is unique.
        subject = uuid5(allowance.period_id, f"unit_limit={plan.unit_limit}")
        adjustments.append(queries.ledger_row(period, LedgerKind.ADJUST, added, subject, now))
    period_queries.raise_limits(session, new_limits)
    insert_rows(session, LedgerEntry, adjustments)


def _with_units(plan: CurrentPlan, units: int) -> CurrentPlan:
    return plan if plan.unit_limit is None else plan._replace(unit_limit=plan.unit_limit + units)


def _is_better(plan: CurrentPlan, unit_limit: int | None) -> bool:
    """Whether `plan` has more units than `unit_limit`; None is no limit."""
    if not plan.tickets_included or unit_limit is None:
        return False
    return plan.unit_limit is None or plan.unit_limit > unit_limit
