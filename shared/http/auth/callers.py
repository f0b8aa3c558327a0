"""The person behind a request, and the rules of who may do what; knows nothing of HTTP."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from uuid import UUID

from shared.db.models import TICKET_ROLES, Role
from shared.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Caller:
    """The person behind a request; support has no store."""

    person_id: UUID
    store_id: UUID | None
    name: str
    roles: frozenset[str]

    @property
    def is_support(self) -> bool:
        """Whether this is Botmeni's staff, who see every store."""
        return Role.SOPORTE in self.roles

    @property
    def own_store(self) -> UUID:
        """The caller's store, where the access rule has made sure of one."""
        if self.store_id is None:
            raise Forbidden(needed=Rule.STORE_PERSON.value)
        return self.store_id


class Rule(enum.Enum):
    """Access rules; each names, for the refused, what it needs."""

    PUBLIC = "nada"
    ANYONE = "iniciar sesión"
    STORE_PERSON = "ser usuario de una tienda"
    STORE_TICKETS = "rol Administrador o Gestionar Tickets"
    STORE_ADMIN = "rol Administrador"
    TICKETS = "rol Administrador, Gestionar Tickets o Soporte"
    SUPPORT = "rol Soporte"

    def admits(self, caller: Caller) -> bool:
        """Whether `caller` may pass."""
        match self:
            case Rule.PUBLIC | Rule.ANYONE:
                return True
            case Rule.STORE_PERSON:
                return caller.store_id is not None
            case Rule.STORE_TICKETS:
                return caller.store_id is not None and bool(caller.roles & TICKET_ROLES)
            case Rule.STORE_ADMIN:
                return caller.store_id is not None and Role.ADMINISTRADOR in caller.roles
            case Rule.TICKETS:
                return caller.is_support or bool(caller.roles & TICKET_ROLES)
            case Rule.SUPPORT:
                return caller.is_support
