"""Checks that row security restricts the API's database role; in production the API refuses any other."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import DBAPIError

from shared.config.settings import InvalidSettings, settings
from shared.db.transactions import is_outage, restricted_transaction

log = structlog.get_logger(__name__)

# Checks every role that the connected role may become by SET ROLE. Owners of tables bypass policies, too.
_BYPASSING_ROLE = """
    SELECT session_user::text FROM pg_roles AS role
    WHERE pg_has_role(session_user, role.oid, 'MEMBER')
      AND (role.rolsuper OR role.rolbypassrls
           OR EXISTS (SELECT FROM pg_class WHERE relowner = role.oid AND relrowsecurity))
    LIMIT 1
"""


def is_restricted() -> bool:
    """Whether row security restricts the API's role; true in the local mode, which has only the owner."""
    return settings().environment == "local" or bypassing_role() is None


def require_restricted() -> None:
    """In production, raise `InvalidSettings` for a role that can bypass row security.

    While the database is unreachable the check is skipped: `/readyz` repeats it before the API gets requests.
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
    """The name of the connected role if it can bypass row security, else None."""
    with restricted_transaction(_BYPASSING_ROLE) as (_, row):
        return row.session_user if row else None
