"""Reading the person signed in."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from shared.db.models import Person, RefusedAddress, Store


def person(session: Session, person_id: UUID) -> Row[Person, Store | None, str | None]:
    """`Person`, their `Store`, and `refusal`: what an e-mail server said if it refused their address."""
    return session.execute(
        select(Person, Store, RefusedAddress.response.label("refusal"))
        .outerjoin(Store, Store.id == Person.store_id)
        .outerjoin(RefusedAddress, RefusedAddress.address == Person.email)
        .where(Person.id == person_id)
    ).one()
