"""Reads and writes periods, with one statement for a whole batch of stores."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from shared.db.models import LedgerEntry, LedgerKind, Plan, QuotaPeriod, Store


class StoreWithoutPeriod(NamedTuple):
    """A store that needs a new period, with its plan; `last_ended`: when its previous period ended."""

    id: UUID
    subscribed_on: date
    time_zone: str
    unit_limit: int | None
    months: int
    last_ended: datetime | None


class CurrentPlan(NamedTuple):
    """The plan of a store; `unit_limit` is None for a plan without a limit."""

    tickets_included: bool
    unit_limit: int | None


_RAISE = text("""
    UPDATE quota_periods p SET unit_limit = raised.unit_limit, announced_percent = raised.percent
    FROM json_to_recordset(CAST(:raised AS json)) AS raised (id uuid, unit_limit bigint, percent bigint)
    WHERE p.id = raised.id
""")


def lock_stores_without_period(session: Session, stores: Collection[UUID], now: datetime) -> Sequence[UUID]:
    """Those of `stores` with tickets in their plan and no period, locked so that only one worker opens it."""
    statement = (
        select(Store.id)
        .join(Plan, Plan.code == Store.plan_code)
        .where(Store.id.in_(stores), Plan.tickets_included, _without_period(now))
        .order_by(Store.id)
        .with_for_update(of=Store, key_share=True)
    )
    return session.scalars(statement).all()


def stores_without_period(
    session: Session, locked: Sequence[UUID], now: datetime
) -> list[StoreWithoutPeriod]:
    """Those of `locked` that still have no period: another worker may have opened one before the lock."""
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
            last_ended.label("last_ended"),
        )
        .join(Plan, Plan.code == Store.plan_code)
        .where(Store.id.in_(locked), Plan.tickets_included, _without_period(now))
    )
    return [
        StoreWithoutPeriod(
            id=row.id,
            subscribed_on=row.subscribed_on,
            time_zone=row.time_zone,
            unit_limit=row.units_per_period,
            months=row.period_months,
            last_ended=row.last_ended,
        )
        for row in rows
    ]


def _without_period(now: datetime) -> ColumnElement[bool]:
    current = select(QuotaPeriod.id).where(
        QuotaPeriod.store_id == Store.id, QuotaPeriod.starts_at <= now, QuotaPeriod.ends_at > now
    )
    return ~current.exists()


def current_plans(session: Session, stores: Collection[UUID]) -> dict[UUID, CurrentPlan]:
    """The current plan of each store, by the store's id."""
    rows = session.execute(
        select(Store.id, Plan.tickets_included, Plan.units_per_period)
        .join(Plan, Plan.code == Store.plan_code)
        .where(Store.id.in_(stores))
    )
    return {row.id: CurrentPlan(row.tickets_included, row.units_per_period) for row in rows}


def operator_grants(session: Session, periods: Collection[UUID]) -> dict[UUID, int]:
    """Units that operators granted in each of `periods`, by the period's id.

    The grant of a period's own limit is not counted: its subject is the period itself.
    """
    rows = session.execute(
        select(LedgerEntry.period_id, func.sum(LedgerEntry.units).label("units"))
        .where(
            LedgerEntry.period_id.in_(periods),
            LedgerEntry.kind == LedgerKind.GRANT,
            LedgerEntry.subject_id != LedgerEntry.period_id,
        )
        .group_by(LedgerEntry.period_id)
    )
    return {row.period_id: int(row.units or 0) for row in rows}


def raise_limits(session: Session, raised: Sequence[Mapping[str, Any]]) -> None:
    """Set the `unit_limit` of locked periods (`id`), and the `percent` of it that counts as announced."""
    if raised:
        session.execute(_RAISE, {"raised": msgspec.json.encode(raised).decode()})
