"""Units that an operator gives a store on top of its plan, for the present period."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.quota import period_queries, queries
from services.quota.periods import open_periods
from services.quota.thresholds import highest_reached
from shared.db.bulk_insert import insert_rows
from shared.db.models import LedgerEntry, LedgerKind


class CannotGrant(Exception):
    """Nothing can be given; the text says why."""


class Granted(NamedTuple):
    """What stands after a grant; not `new`: it had been given before, and nothing changed."""

    new: bool
    subject_id: UUID
    units: int
    unit_limit: int
    used: int


def grant(session: Session, store_id: UUID, units: int, key: str, now: datetime) -> Granted:
    """Give `units` once for `key`, whichever period it is asked again in; raises the period's limit.

    Thresholds are armed anew, because they are shares of another limit. Raises `CannotGrant` for a plan
    without tickets or without a limit, and for a key that stands for another number of units.
    """
    open_periods(session, {store_id}, now)
    allowance = queries.lock_allowances(session, {store_id}, now)[store_id]
    if allowance.period_id is None:
        raise CannotGrant("The store's plan has no tickets, so there is no period to add units to.")
    if allowance.unit_limit is None:
        raise CannotGrant("The store's plan has no limit: there is nothing to add to.")
    subject = uuid5(store_id, f"grant={key}")
    known = _given(session, subject)
    if known is not None:
        if known != units:
            raise CannotGrant(f"The key {key!r} stands for {known} units already given, not for {units}.")
        return Granted(False, subject, units, allowance.unit_limit, allowance.used)
    limit = allowance.unit_limit + units
    percent = highest_reached(allowance.used, limit)
    raised = {"id": allowance.period_id, "unit_limit": limit, "percent": percent}
    period_queries.raise_limits(session, [raised])
    period = {"id": allowance.period_id, "store_id": store_id}
    insert_rows(session, LedgerEntry, [queries.ledger_row(period, LedgerKind.GRANT, units, subject, now)])
    return Granted(True, subject, units, limit, allowance.used)


def _given(session: Session, subject: UUID) -> int | None:
    return session.scalar(
        select(LedgerEntry.units).where(
            LedgerEntry.subject_id == subject, LedgerEntry.kind == LedgerKind.GRANT
        )
    )
