"""Reading plans, periods and the ledger for the store's own view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, and_, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from shared.db.models import LedgerEntry, Plan, QuotaPeriod, Store, Ticket
from shared.http.pagination import Position

StatementRow = Row[LedgerEntry, UUID | None, int | None]
"""`LedgerEntry` with `ticket_id` and `ticket_number` of the ticket it was for."""


def plans(session: Session) -> Sequence[Plan]:
    """All plans, smallest first; a plan without limit counts as the largest."""
    return session.scalars(
        select(Plan).order_by(Plan.tickets_included, Plan.units_per_period.asc().nulls_last())
    ).all()


def plan_of(session: Session, store_id: UUID) -> Plan:
    """The plan a store subscribes to."""
    return session.scalars(
        select(Plan).join(Store, Store.plan_code == Plan.code).where(Store.id == store_id)
    ).one()


def store(session: Session, store_id: UUID) -> Store:
    """One store."""
    return session.scalars(select(Store).where(Store.id == store_id)).one()


def period_at(session: Session, store_id: UUID, moment: datetime) -> QuotaPeriod | None:
    """The store's period at `moment`, if it has been opened."""
    return session.scalars(
        select(QuotaPeriod).where(
            QuotaPeriod.store_id == store_id, QuotaPeriod.starts_at <= moment, QuotaPeriod.ends_at > moment
        )
    ).one_or_none()


def ledger(session: Session, store_id: UUID, after: Position | None, limit: int) -> Sequence[StatementRow]:
    """Ledger entries of a store with the ticket each was for, latest first, after `after`."""
    own, rated = aliased(Ticket), aliased(Ticket)
    statement = (
        select(
            LedgerEntry,
            func.coalesce(own.id, rated.id).label("ticket_id"),
            func.coalesce(own.number, rated.number).label("ticket_number"),
        )
        .outerjoin(own, and_(own.id == LedgerEntry.subject_id, own.store_id == store_id))
        .outerjoin(rated, and_(rated.rating_id == LedgerEntry.subject_id, rated.store_id == store_id))
        .where(LedgerEntry.store_id == store_id)
        .order_by(LedgerEntry.created_at.desc(), LedgerEntry.id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(tuple_(LedgerEntry.created_at, LedgerEntry.id) < (after.at, after.id))
    return session.execute(statement).all()
