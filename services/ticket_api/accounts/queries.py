"""Reading the person signed in."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.db.models import Person, RefusedAddress, Store
from shared.db.rows import read_as


class PersonRow(NamedTuple):
    """A person with their store; `refusal`: what an e-mail server said if it refused their address."""

    id: UUID
    name: str
    email: str
    locale: str
    roles: list[str]
    store_id: UUID | None
    store_name: str
    refusal: str | None


def person(session: Session, person_id: UUID) -> PersonRow:
    """One person."""
    statement = (
        select(
            Person.id,
            Person.name,
            Person.email,
            Person.locale,
            Person.roles,
            Person.store_id,
            Store.name.label("store_name"),
            RefusedAddress.response.label("refusal"),
        )
        .outerjoin(Store, Store.id == Person.store_id)
        .outerjoin(RefusedAddress, RefusedAddress.address == Person.email)
        .where(Person.id == person_id)
    )
    [row] = read_as(PersonRow, session.connection().execute(statement))
    return row
