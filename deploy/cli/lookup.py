"""Finding the store or person somebody names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from deploy.cli.command import Failed
from shared.db.models import Person, Store

_MOST = 5

Found = TypeVar("Found", Store, Person)


def store(session: Session, named: str) -> Store:
    """A store by its id or its exact name. Raises `Failed` where there is none, or more than one."""
    id = _as_id(named)
    by = Store.id == id if id else func.lower(Store.name) == named.lower()
    found = session.scalars(select(Store).where(by).limit(_MOST)).all()
    return _the_one(found, f"store {named!r}")


def person(session: Session, named: str) -> Person:
    """A person by id, e-mail address or the name before its @. Raises `Failed` as `store` does."""
    id = _as_id(named)
    name = func.lower(named)
    by = (
        Person.id == id
        if id
        else or_(func.lower(Person.email) == name, func.lower(func.split_part(Person.email, "@", 1)) == name)
    )
    found = session.scalars(select(Person).where(by).limit(_MOST)).all()
    return _the_one(found, f"person {named!r}")


def _the_one(found: Sequence[Found], what: str) -> Found:
    if not found:
        raise Failed(f"There is no {what}.")
    if len(found) > 1:
        ids = ", ".join(str(one.id) for one in found)
        raise Failed(f"More than one is called so: {what} may be {ids}; name the id.")
    return found[0]


def _as_id(named: str) -> UUID | None:
    try:
        return UUID(named)
    except ValueError:
        return None
