"""Reading people, plans and units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from shared.models import Person, Plan, QuotaPeriod, Store


def person(session: Session, person_id: UUID) -> Row[UUID, str, str, str, list[str], UUID | None, str | None]:
    """A person with the name of their store."""
    return session.execute(
        select(Person.id, Person.name, Person.email, Person.locale, Person.roles, Store.id, Store.name)
        .outerjoin(Store, Store.id == Person.store_id)
        .where(Person.id == person_id)
    ).one()


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
