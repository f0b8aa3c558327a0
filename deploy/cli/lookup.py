"""Finds the store or person that a command-line argument refers to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from deploy.cli.command import Failed
from shared.db.models import Person, Store

_MAX_LISTED = 5

Found = TypeVar("Found", Store, Person)


def store(session: Session, reference: str) -> Store:
    """Return the store with this id or exact name. Raises `Failed` if there is none or more than one."""
    id = _as_id(reference)
    condition = Store.id == id if id else func.lower(Store.name) == reference.lower()
    found = session.scalars(select(Store).where(condition).limit(_MAX_LISTED)).all()
    return _single(found, f"store {reference!r}")


def person(session: Session, reference: str) -> Person:
    """Return the person with this id, e-mail address or the part before its @. Raises `Failed` likewise."""
    id = _as_id(reference)
    name = func.lower(reference)
    condition = (
        Person.id == id
        if id
        else or_(func.lower(Person.email) == name, func.lower(func.split_part(Person.email, "@", 1)) == name)
    )
    found = session.scalars(select(Person).where(condition).limit(_MAX_LISTED)).all()
    return _single(found, f"person {reference!r}")


def _single(found: Sequence[Found], what: str) -> Found:
    if not found:
        raise Failed(f"There is no {what}.")
    if len(found) > 1:
        ids = ", ".join(str(one.id) for one in found)
        raise Failed(f"More than one is called so: {what} may be {ids}; name the id.")
    return found[0]


def _as_id(reference: str) -> UUID | None:
    try:
        return UUID(reference)
    except ValueError:
        return None
