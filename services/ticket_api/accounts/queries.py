"""Reading people, plans and units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, and_, delete, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from shared.db.models import LedgerEntry, Person, Plan, QuotaPeriod, RefusedAddress, Store, Ticket
from shared.http.pagination import Position

LedgerRow = Row[LedgerEntry, UUID | None, int | None]


def person(session: Session, person_id: UUID) -> Row[Person, Store | None, str | None]:
    """A person, their store, and what an e-mail server said if it refused their address for good."""
    return session.execute(
        select(Person, Store, RefusedAddress.response)
        .outerjoin(Store, Store.id == Person.store_id)
        .outerjoin(RefusedAddress, RefusedAddress.address == Person.email)
        .where(Person.id == person_id)
    ).one()


def forget_refusal(session: Session, person_id: UUID) -> None:
    """Let a person's address be tried again."""
    address = select(Person.email).where(Person.id == person_id).scalar_subquery()
    session.execute(delete(RefusedAddress).where(RefusedAddress.address == address))


def plans(session: Session) -> Sequence[Plan]:
    """All plans, smallest first; no limit counts as largest."""
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


def ledger(session: Session, store_id: UUID, after: Position | None, limit: int) -> Sequence[LedgerRow]:
    """Movements of a store's units with the ticket each was for, latest first, after `after`."""
    own, rated = aliased(Ticket), aliased(Ticket)
    statement = (
        select(LedgerEntry, func.coalesce(own.id, rated.id), func.coalesce(own.number, rated.number))
        .outerjoin(own, and_(own.id == LedgerEntry.subject_id, own.store_id == store_id))
        .outerjoin(rated, and_(rated.rating_id == LedgerEntry.subject_id, rated.store_id == store_id))
        .where(LedgerEntry.store_id == store_id)
        .order_by(LedgerEntry.created_at.desc(), LedgerEntry.id.desc())
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(tuple_(LedgerEntry.created_at, LedgerEntry.id) < (after.at, after.id))
    return session.execute(statement).all()
