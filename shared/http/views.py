"""What several features answer, as the structs that are encoded to JSON: lists, a person, a store."""

from __future__ import annotations

from typing import Generic, TypeVar
from uuid import UUID

import msgspec

T = TypeVar("T")


class ListView(msgspec.Struct, Generic[T], frozen=True):
    """A list without pages."""

    items: list[T]


class PersonView(msgspec.Struct, frozen=True):
    """Someone, in brief."""

    id: UUID
    name: str


class StoreView(msgspec.Struct, frozen=True):
    """A store, in brief."""

    id: UUID
    name: str


def person_or_none(person_id: UUID | None, name: str | None) -> PersonView | None:
    """A person, or nobody where there is no id."""
    return PersonView(person_id, name or "") if person_id else None
