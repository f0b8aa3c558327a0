"""The person behind a request; knows nothing of HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.db.models import Role
from shared.errors import Forbidden

STORE_PERSON = {"es": "ser usuario de una tienda", "en": "to be a user of a store"}
"""What a 403 says is needed, for somebody without a store."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The person behind a request; support has no store."""

    person_id: UUID
    store_id: UUID | None
    name: str
    roles: frozenset[str]

    @property
    def is_support(self) -> bool:
        """Whether this is one of Botmeni's staff, who see every store."""
        return Role.SOPORTE in self.roles

    @property
    def own_store(self) -> UUID:
        """The caller's store, where the permission has made sure of one. Raises `Forbidden`."""
        if self.store_id is None:
            raise Forbidden(needed=STORE_PERSON)
        return self.store_id
