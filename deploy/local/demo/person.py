"""A demo person as `make up` shows them: plain values, which go from one process to another."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone to sign in as, as the database has them now; support has neither store nor plan."""

    id: UUID
    key: str
    name: str
    email: str
    roles: tuple[str, ...]
    store: str | None
    plan: str | None
