"""What the quota rules read and write, a statement for a whole batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from shared.bulk import insert_rows
from shared.events import TicketAsked
from shared.identifiers import new_id
from shared.models import LedgerEntry, LedgerKind, Plan, QuotaPeriod, Store
from shared.periods import period_containing


class Allowance(NamedTuple):
    """A store's units now; no `period_id`: its plan has no tickets."""

    store_id: UUID
    period_id: UUID | None
    unit_limit: int | None
    used: int
    announced_percent: int


_TAKE = text("""
    UPDATE quota_periods p SET used = p.used + asked.units
    FROM unnest(CAST(:periods AS uuid[]), CAST(:units AS bigint[])) AS asked (period_id, units)
    WHERE p.id = asked.period_id AND (p.unit_limit IS NULL OR p.used + asked.units <= p.unit_limit)
""")


def holders(session: Session, subjects: Sequence[UUID]) -> frozenset[UUID]:
    """Those of `subjects` that hold a unit already."""
    statement = select(LedgerEntry.subject_id).where(
        LedgerEntry.subject_id.in_(subjects), LedgerEntry.kind == LedgerKind.CONSUME
    )
    return frozenset(session.scalars(statement))


def open_periods(session: Session, stores: Collection[UUID], now: datetime) -> None:
    """Open the current period of each store that has tickets in its plan and no period at `now`."""
    current = (
        select(QuotaPeriod.id)
        .where(QuotaPeriod.store_id == Store.id, QuotaPeriod.starts_at <= now, QuotaPeriod.ends_at > now)
        .exists()
    )
    without = session.execute(
        select(Store.id, Store.subscribed_on, Store.time_zone, Plan.units_per_period, Plan.period_months)
        .join(Plan, Plan.code == Store.plan_code)
        .where(Store.id.in_(stores), Plan.tickets_included, ~current)
        .order_by(Store.id)
    )
    rows = []
    for store_id, subscribed_on, time_zone, units, months in without:
        period = period_containing(now, subscribed_on, months, time_zone)
        rows.append(
            {
                "id": new_id(),
                "store_id": store_id,
                "starts_at": period.starts_at,
                "ends_at": period.ends_at,
                "unit_limit": units,
                "used": 0,
                "announced_percent": 0,
            }
        )
    insert_rows(session, QuotaPeriod, rows, "ON CONFLICT (store_id, starts_at) DO NOTHING")


def lock_allowances(session: Session, stores: Collection[UUID], now: datetime) -> dict[UUID, Allowance]:
    """The units of each store, their rows locked in one order so that two batches never deadlock."""
    periods = session.execute(
        select(
            QuotaPeriod.store_id,
            QuotaPeriod.id,
            QuotaPeriod.unit_limit,
            QuotaPeriod.used,
            QuotaPeriod.announced_percent,
        )
        .where(QuotaPeriod.store_id.in_(stores), QuotaPeriod.starts_at <= now, QuotaPeriod.ends_at > now)
        .order_by(QuotaPeriod.store_id)
        .with_for_update()
    )
    none = {store: Allowance(store, None, None, 0, 0) for store in stores}
    return none | {row.store_id: Allowance(*row) for row in periods}


def take(session: Session, taken: Sequence[tuple[UUID, TicketAsked]], now: datetime) -> None:
    """Count the units of `taken` (period id, asker) and write each into the ledger.

    Raises `RuntimeError` if a period has fewer left than was decided under its lock.
    """
    if not taken:
        return
    units = Counter(period_id for period_id, _ in taken)
    updated = session.execute(_TAKE, {"periods": list(units), "units": list(units.values())})
    if updated.rowcount != len(units):  # type: ignore[attr-defined] # an UPDATE always gives a CursorResult
        raise RuntimeError("a quota period changed under its lock")
    insert_rows(
        session,
        LedgerEntry,
        [
            {
                "id": new_id(),
                "store_id": ask.store_id,
                "period_id": period_id,
                "kind": LedgerKind.CONSUME.value,
                "units": 1,
                "subject_id": ask.subject_id,
                "created_at": now,
            }
            for period_id, ask in taken
        ],
    )


def mark_announced(session: Session, period_id: UUID, percent: int) -> None:
    """Remember that people were told of `percent`."""
    session.execute(update(QuotaPeriod).where(QuotaPeriod.id == period_id).values(announced_percent=percent))
