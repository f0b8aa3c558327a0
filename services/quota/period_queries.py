"""What opening and raising periods reads and writes, a statement for a whole batch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from shared.db.models import LedgerEntry, LedgerKind, Plan, QuotaPeriod, Store


class StoreToOpen(NamedTuple):
    """What a store's next period is made of; `last_ended`: when its latest one did, if there was one."""

    id: UUID
    subscribed_on: date
    time_zone: str
    unit_limit: int | None
    months: int
    last_ended: datetime | None


class CurrentPlan(NamedTuple):
    """What a store's plan gives; `unit_limit` None means no limit."""

    tickets_included: bool
    unit_limit: int | None


_RAISE = text("""
    UPDATE quota_periods p SET unit_limit = raised.unit_limit, announced_percent = raised.percent
    FROM json_to_recordset(CAST(:raised AS json)) AS raised (id uuid, unit_limit bigint, percent bigint)
    WHERE p.id = raised.id
""")


def lock_stores_without_period(session: Session, stores: Collection[UUID], now: datetime) -> Sequence[UUID]:
    """Those of `stores` that have tickets in their plan and no period, held so that one opens at a time."""
    statement = (
        select(Store.id)
        .join(Plan, Plan.code == Store.plan_code)
        .where(Store.id.in_(stores), Plan.tickets_included, _without_period(now))
        .order_by(Store.id)
        .with_for_update(of=Store, key_share=True)
    )
    return session.scalars(statement).all()


def stores_to_open(session: Session, locked: Sequence[UUID], now: datetime) -> list[StoreToOpen]:
    """Those of `locked` that still have no period: somebody may have opened it before the lock was ours."""
    last_ended = (
        select(func.max(QuotaPeriod.ends_at))
        .where(QuotaPeriod.store_id == Store.id, QuotaPeriod.starts_at <= now)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Store.id,
            Store.subscribed_on,
            Store.time_zone,
            Plan.units_per_period,
            Plan.period_months,
            last_ended,
        )
        .join(Plan, Plan.code == Store.plan_code)
        .where(Store.id.in_(locked), Plan.tickets_included, _without_period(now))
    )
    return [StoreToOpen(*row) for row in rows]


def _without_period(now: datetime) -> ColumnElement[bool]:
    current = select(QuotaPeriod.id).where(
        QuotaPeriod.store_id == Store.id, QuotaPeriod.starts_at <= now, QuotaPeriod.ends_at > now
    )
    return ~current.exists()


def current_plans(session: Session, stores: Collection[UUID]) -> dict[UUID, CurrentPlan]:
    """The plan of each store as it is now."""
    rows = session.execute(
        select(Store.id, Plan.tickets_included, Plan.units_per_period)
        .join(Plan, Plan.code == Store.plan_code)
        .where(Store.id.in_(stores))
    )
    return {row.id: CurrentPlan(row.tickets_included, row.units_per_period) for row in rows}


def granted_by_hand(session: Session, periods: Collection[UUID]) -> dict[UUID, int]:
    """Units that operators gave in each of `periods`; a period's own grant has its id as subject."""
    rows = session.execute(
        select(LedgerEntry.period_id, func.sum(LedgerEntry.units))
        .where(
            LedgerEntry.period_id.in_(periods),
            LedgerEntry.kind == LedgerKind.GRANT,
            LedgerEntry.subject_id != LedgerEntry.period_id,
        )
        .group_by(LedgerEntry.period_id)
    )
    return {row[0]: int(row[1] or 0) for row in rows}


def raise_limits(session: Session, raised: Sequence[Mapping[str, Any]]) -> None:
    """Give locked periods (`id`) a new `unit_limit`, and the `percent` of it that counts as announced."""
    if raised:
        session.execute(_RAISE, {"raised": msgspec.json.encode(raised).decode()})
