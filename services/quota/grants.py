"""Grants: units that an operator adds to a store's current period, on top of its plan."""

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
    """The store cannot get a grant; the text says why, for operators."""


class GrantResult(NamedTuple):
    """The period after a grant; `is_new` is false if the grant existed already, and nothing changed."""

    is_new: bool
    subject_id: UUID
    units: int
    unit_limit: int
    used: int


def grant(session: Session, store_id: UUID, units: int, key: str, now: datetime) -> GrantResult:
    """Raise the limit of the store's current period by `units`: once for each `key`, in whichever period.

    Thresholds are announced again when they are reached again, because they are shares of another limit.
    Raises `CannotGrant` for a plan without tickets or without a limit, and for a key that was used for
    another number of units.
    """
    open_periods(session, {store_id}, now)
    allowance = queries.lock_allowances(session, {store_id}, now)[store_id]
    if allowance.period_id is None:
        raise CannotGrant("The store's plan has no tickets, so there is no period to add units to.")
    if allowance.unit_limit is None:
        raise CannotGrant("The store's plan has no limit: there is nothing to add to.")
    subject = uuid5(store_id, f"grant={key}")
    granted = _granted_units(session, subject)
    if granted is not None:
        if granted != units:
            raise CannotGrant(f"The key {key!r} stands for {granted} units already given, not for {units}.")
        return GrantResult(False, subject, units, allowance.unit_limit, allowance.used)
    limit = allowance.unit_limit + units
    percent = highest_reached(allowance.used, limit)
    new_limit = {"id": allowance.period_id, "unit_limit": limit, "percent": percent}
    period_queries.raise_limits(session, [new_limit])
    period = {"id": allowance.period_id, "store_id": store_id}
    insert_rows(session, LedgerEntry, [queries.ledger_row(period, LedgerKind.GRANT, units, subject, now)])
    return GrantResult(True, subject, units, limit, allowance.used)


def _granted_units(session: Session, subject: UUID) -> int | None:
    """The units of the grant `subject`; None if there is no such grant."""
    return session.scalar(
        select(LedgerEntry.units).where(
            LedgerEntry.subject_id == subject, LedgerEntry.kind == LedgerKind.GRANT
        )
    )
