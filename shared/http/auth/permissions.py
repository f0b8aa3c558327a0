"""Who may do what: one permission for each endpoint; knows nothing of HTTP."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from shared.db.models import TICKET_ROLES, Role
from shared.errors import Forbidden
from shared.http.auth.callers import STORE_PERSON, Caller


class Permission(enum.Enum):
    """Who may call an endpoint."""

    PUBLIC = "public"
    AUTHENTICATED = "authenticated"
    STORE_PERSON = "store_person"
    STORE_TICKETS = "store_tickets"
    STORE_ADMIN = "store_admin"
    TICKETS = "tickets"
    SUPPORT = "support"

    def admits(self, caller: Caller) -> bool:
        """Whether `caller` has this permission."""
        match self:
            case Permission.PUBLIC | Permission.AUTHENTICATED:
                return True
            case Permission.STORE_PERSON:
                return caller.store_id is not None
            case Permission.STORE_TICKETS:
                return caller.store_id is not None and bool(caller.roles & TICKET_ROLES)
            case Permission.STORE_ADMIN:
                return caller.store_id is not None and Role.ADMINISTRADOR in caller.roles
            case Permission.TICKETS:
                return caller.is_support or bool(caller.roles & TICKET_ROLES)
            case Permission.SUPPORT:
                return caller.is_support

    def require(self, caller: Caller) -> None:
        """Raise `Forbidden`, naming what is needed, where `caller` lacks this permission."""
        if not self.admits(caller):
            raise Forbidden(needed=NEEDED[self])


NEEDED: Mapping[Permission, Mapping[str, str]] = {
    Permission.STORE_PERSON: STORE_PERSON,
    Permission.STORE_TICKETS: {
        "es": "rol Administrador o Gestionar Tickets",
        "en": "the role Administrador or Gestionar Tickets",
    },
    Permission.STORE_ADMIN: {"es": "rol Administrador", "en": "the role Administrador"},
    Permission.TICKETS: {
        "es": "rol Administrador, Gestionar Tickets o Soporte",
        "en": "the role Administrador, Gestionar Tickets or Soporte",
    },
    Permission.SUPPORT: {"es": "rol Soporte", "en": "the role Soporte"},
}
"""What a 403 says is needed, for each permission."""
