"""What several features show of a person and a store, as the structs that are encoded to JSON."""

from __future__ import annotations

from uuid import UUID

import msgspec


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
