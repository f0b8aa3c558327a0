"""Reads plans, periods and ledger entries for the store's people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from shared.db.columns import enum_as_text
from shared.db.models import LedgerEntry, Plan, QuotaPeriod, Store, Ticket
from shared.db.rows import read_as
from shared.http.pagination import Position


class StatementRow(NamedTuple):
    """A ledger entry with its ticket, if it has one."""

    id: UUID
    kind: str
    units: int | None
    created_at: datetime
    ticket_id: UUID | None
    ticket_number: int


def plans(session: Session) -> Sequence[Plan]:
    """All plans by number of units; plans without tickets come first, those without a limit last."""
    return session.scalars(
        select(Plan).order_by(Plan.tickets_included, Plan.units_per_period.asc().nulls_last())
    ).all()


def plan_of(session: Session, store_id: UUID) -> Plan:
    """The store's plan."""
    return session.scalars(
        select(Plan).join(Store, Store.plan_code == Plan.code).where(Store.id == store_id)
    ).one()


def store(session: Session, store_id: UUID) -> Store:
    """One store."""
    return session.scalars(select(Store).where(Store.id == store_id)).one()


def period_at(session: Session, store_id: UUID, moment: datetime) -> QuotaPeriod | None:
    """The store's period at `moment`; None if it is not open yet."""
    return session.scalars(
        select(QuotaPeriod).where(
            QuotaPeriod.store_id == store_id, QuotaPeriod.starts_at <= moment, QuotaPeriod.ends_at > moment
        )
    ).one_or_none()


def ledger(session: Session, store_id: UUID, after: Position | None, limit: int) -> list[StatementRow]:
    """At most `limit` ledger entries of a store with their tickets, latest first, starting after `after`."""
    # The subject of an entry is a ticket, or the rating that led to a ticket.
    by_id, by_rating = aliased(Ticket), aliased(Ticket)
    statement = (
        select(
            LedgerEntry.id,
            enum_as_text(LedgerEntry.kind),
            LedgerEntry.units,
            LedgerEntry.created_at,
            func.coalesce(by_id.id, by_rating.id).label("ticket_id"),
            func.coalesce(by_id.number, by_rating.number).label("ticket_number"),
        )
        .outerjoin(by_id, and_(by_id.id == LedgerEntry.subject_id, by_id.store_id == store_id))
        .outerjoin(
            by_rating, and_(by_rating.rating_id == LedgerEntry.subject_id, by_rating.store_id == store_id)
        )
        .where(LedgerEntry.store_id == store_id)
        .order_by(LedgerEntry.created_at.desc(), LedgerEntry.id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(
            tuple_(LedgerEntry.created_at, LedgerEntry.id) < (after.sort_value, after.id)
        )
    return read_as(StatementRow, session.connection().execute(statement))
