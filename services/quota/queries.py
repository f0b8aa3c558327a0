"""What the quota rules read and write, a statement for a whole batch."""

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
from shared.messaging.events import UnitRequested


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

_GIVE_BACK = text("""
    WITH refunded AS (
        INSERT INTO quota_ledger (id, store_id, period_id, kind, units, subject_id, created_at)
        SELECT new_uuid(), store_id, period_id, 'refund', units, subject_id, :now
        FROM quota_ledger WHERE kind = 'consume' AND subject_id = ANY(:subjects)
        ON CONFLICT (subject_id, kind) DO NOTHING
        RETURNING period_id, units
    ), owed AS (
        SELECT period_id, sum(units) AS units FROM refunded GROUP BY period_id
    ), counted AS (
        UPDATE quota_periods p SET used = p.used - owed.units FROM owed
        WHERE p.id = owed.period_id AND p.used >= owed.units
        RETURNING p.id
    )
    SELECT period_id FROM owed WHERE period_id NOT IN (SELECT id FROM counted)
""")


def holders(session: Session, subjects: Sequence[UUID]) -> frozenset[UUID]:
    """Those of `subjects` that took a unit at some time, given back or not."""
    statement = select(LedgerEntry.subject_id).where(
        LedgerEntry.subject_id.in_(subjects), LedgerEntry.kind == LedgerKind.CONSUME
    )
    return frozenset(session.scalars(statement))


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


def ledger_row(
    period: Mapping[str, Any], kind: LedgerKind, units: int | None, subject_id: UUID, now: datetime
) -> dict[str, Any]:
    """A movement of `period` (its id and store_id), ready to be inserted."""
    return {
        "id": new_id(),
        "store_id": period["store_id"],
        "period_id": period["id"],
        "kind": kind.value,
        "units": units,
        "subject_id": subject_id,
        "created_at": now,
    }


def take(session: Session, taken: Sequence[tuple[UUID, UnitRequested]], now: datetime) -> None:
    """Count the units of `taken` (period id, asker) and write each into the ledger.

    Raises `RuntimeError` if a period has fewer left than was decided under its lock.
    """
    if not taken:
        return
    units = Counter(period_id for period_id, _ in taken)
    updated = session.execute(_TAKE, {"periods": list(units), "units": list(units.values())})
    if updated.rowcount != len(units):  # type: ignore[attr-defined] # an UPDATE always gives a CursorResult
        raise RuntimeError("a quota period changed under its lock")
    rows = [
        ledger_row({"id": period_id, "store_id": ask.store_id}, LedgerKind.CONSUME, 1, ask.subject_id, now)
        for period_id, ask in taken
    ]
    insert_rows(session, LedgerEntry, rows)


def lock_periods_of(session: Session, subjects: Sequence[UUID]) -> None:
    """Hold the periods that `subjects` took their units in, in the order of `lock_allowances`."""
    taken_in = select(LedgerEntry.period_id).where(
        LedgerEntry.subject_id.in_(subjects), LedgerEntry.kind == LedgerKind.CONSUME
    )
    session.execute(
        select(QuotaPeriod.id)
        .where(QuotaPeriod.id.in_(taken_in))
        .order_by(QuotaPeriod.store_id, QuotaPeriod.id)
        .with_for_update()
    )


def give_back(session: Session, subjects: Sequence[UUID], now: datetime) -> None:
    """Write a refund for each of `subjects` that has none, and count its unit out of its period.

    Raises `RuntimeError` where a period counts fewer units than are given back.
    """
    short = session.scalars(_GIVE_BACK, {"subjects": list(subjects), "now": now}).all()
    if short:
        raise RuntimeError(f"quota periods count fewer units than their ledger: {short}")


def mark_announced(session: Session, period_id: UUID, percent: int) -> None:
    """Remember that people were told of `percent`."""
    session.execute(update(QuotaPeriod).where(QuotaPeriod.id == period_id).values(announced_percent=percent))
