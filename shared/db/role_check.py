"""Checks that row security binds the API's database role; else the API refuses to start in production."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import DBAPIError

from shared.config.settings import InvalidSettings, settings
from shared.db.transactions import is_outage, restricted_transaction

log = structlog.get_logger(__name__)

# Not only the role connected as: every role it may become by SET ROLE, and owners, whom no policy binds.
_BYPASSING_ROLE = """
    SELECT session_user::text FROM pg_roles AS role
    WHERE pg_has_role(session_user, role.oid, 'MEMBER')
      AND (role.rolsuper OR role.rolbypassrls
           OR EXISTS (SELECT FROM pg_class WHERE relowner = role.oid AND relrowsecurity))
    LIMIT 1
"""


def is_bound() -> bool:
    """Whether row security binds the API's database role; the local mode has no other than the owner's."""
    return settings().environment == "local" or bypassing_role() is None


def require_bound() -> None:
    """Raises `InvalidSettings` in production for a role that row security doesn't bind.

    A database that is away is not waited for: `/readyz` checks again before traffic is sent here.
    """
    if settings().environment == "local":
        return
    try:
        name = bypassing_role()
    except DBAPIError as error:
        if not is_outage(error):
            raise
        log.warning("database_role_not_checked")
        return
    if name is not None:
        raise InvalidSettings(
            f"API_DATABASE_URL: {name} can step over row security; name a role that owns no table, is neither"
            " superuser nor BYPASSRLS, and is a member of botmeni_api alone"
        )


def bypassing_role() -> str | None:
    """The name of the role connected as, if row security does not bind it."""
    with restricted_transaction(_BYPASSING_ROLE) as (_, row):
        return row.session_user if row else None
