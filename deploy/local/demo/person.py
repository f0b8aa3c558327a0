"""A demo person in the table of `make up`: plain values, which one process sends to another as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person to sign in as, with present values; support staff have neither store nor plan."""

    id: UUID
    key: str
    name: str
    email: str
    roles: tuple[str, ...]
    store: str | None
    plan: str | None
