"""Reads and writes units and ledger entries, with one statement for a whole batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from shared.db.bulk_insert import insert_rows
from shared.db.models import LedgerEntry, LedgerKind, QuotaPeriod
from shared.ids import new_id
from shared.messaging.events import UnitEvent


class Allowance(NamedTuple):
    """The units of a store's current period; without `period_id` its plan has no tickets."""

    store_id: UUID
    period_id: UUID | None
    unit_limit: int | None
    used: int
    announced_percent: int


_CONSUME = text("""
    UPDATE quota_periods p SET used = p.used + consumed.units
    FROM unnest(CAST(:periods AS uuid[]), CAST(:units AS bigint[])) AS consumed (period_id, units)
    WHERE p.id = consumed.period_id AND (p.unit_limit IS NULL OR p.used + consumed.units <= p.unit_limit)
""")

_REFUND = text("""
    WITH refund AS (
        INSERT INTO quota_ledger (id, store_id, period_id, kind, units, subject_id, created_at)
        SELECT new_uuid(), store_id, period_id, 'refund', units, subject_id, :now
        FROM quota_ledger WHERE kind = 'consume' AND subject_id = ANY(:subjects)
        ON CONFLICT (subject_id, kind) DO NOTHING
        RETURNING period_id, units
    ), period_refund AS (
        SELECT period_id, sum(units) AS units FROM refund GROUP BY period_id
    ), updated_period AS (
        UPDATE quota_periods p SET used = p.used - period_refund.units FROM period_refund
        WHERE p.id = period_refund.period_id AND p.used >= period_refund.units
        RETURNING p.id
    )
    SELECT period_id FROM period_refund WHERE period_id NOT IN (SELECT id FROM updated_period)
""")


def subjects_with_unit(session: Session, subjects: Sequence[UUID]) -> frozenset[UUID]:
    """Those of `subjects` that have ever consumed a unit, refunded or not."""
    statement = select(LedgerEntry.subject_id).where(
        LedgerEntry.subject_id.in_(subjects), LedgerEntry.kind == LedgerKind.CONSUME
    )
    return frozenset(session.scalars(statement))


def lock_allowances(session: Session, stores: Collection[UUID], now: datetime) -> dict[UUID, Allowance]:
    """The allowance of each of `stores`, by id; their periods are locked in one order, to avoid deadlocks."""
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
        .with_for_update(key_share=True)
    )
    without_tickets = {store: Allowance(store, None, None, 0, 0) for store in stores}
    return without_tickets | {
        period.store_id: Allowance(
            store_id=period.store_id,
            period_id=period.id,
            unit_limit=period.unit_limit,
            used=period.used,
            announced_percent=period.announced_percent,
        )
        for period in periods
    }


def ledger_row(
    period: Mapping[str, Any], kind: LedgerKind, units: int | None, subject_id: UUID, now: datetime
) -> dict[str, Any]:
    """A ledger entry of `period` (its `id` and `store_id`), as a row to insert."""
    return {
        "id": new_id(),
        "store_id": period["store_id"],
        "period_id": period["id"],
        "kind": kind.value,
        "units": units,
        "subject_id": subject_id,
        "created_at": now,
    }


def consume(session: Session, consumed: Sequence[tuple[UUID, UnitEvent]], now: datetime) -> None:
    """Count a unit in its period for each of `consumed` (period id, request), and insert its ledger entry.

    Raises `RuntimeError` if a period has fewer units left than when it was locked.
    """
    if not consumed:
        return
    units = Counter(period_id for period_id, _ in consumed)
    updated = session.execute(_CONSUME, {"periods": list(units), "units": list(units.values())})
    if updated.rowcount != len(units):  # type: ignore[attr-defined] # an UPDATE always gives a CursorResult
        raise RuntimeError("a quota period changed under its lock")
    rows = [
        ledger_row(
            {"id": period_id, "store_id": request.store_id}, LedgerKind.CONSUME, 1, request.subject_id, now
        )
        for period_id, request in consumed
    ]
    insert_rows(session, LedgerEntry, rows)


def lock_consumed_periods(session: Session, subjects: Sequence[UUID]) -> None:
    """Lock the periods in which `subjects` consumed their units, in the order of `lock_allowances`."""
    consumed_in = select(LedgerEntry.period_id).where(
        LedgerEntry.subject_id.in_(subjects), LedgerEntry.kind == LedgerKind.CONSUME
    )
    session.execute(
        select(QuotaPeriod.id)
        .where(QuotaPeriod.id.in_(consumed_in))
        .order_by(QuotaPeriod.store_id, QuotaPeriod.id)
        .with_for_update(key_share=True)
    )


def refund(session: Session, subjects: Sequence[UUID], now: datetime) -> None:
    """Insert a refund for each of `subjects` that consumed a unit and has none, and subtract its unit.

    Raises `RuntimeError` if a period counts fewer units than are refunded.
    """
    inconsistent = session.scalars(_REFUND, {"subjects": list(subjects), "now": now}).all()
    if inconsistent:
        raise RuntimeError(f"quota periods count fewer units than their ledger: {inconsistent}")


def set_announced_percent(session: Session, period_id: UUID, percent: int) -> None:
    """Record that the threshold `percent` was announced in a period."""
    session.execute(update(QuotaPeriod).where(QuotaPeriod.id == period_id).values(announced_percent=percent))
