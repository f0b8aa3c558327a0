"""Checks PostgreSQL: its version, the schema, the role of the API, and the clock."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deploy.cli.doctor.finding import Finding, brief, ok, skipped, wrong
from shared.clock import now
from shared.config.settings import settings
from shared.db import migrations, role_check
from shared.db.transactions import transaction

OLDEST_VERSION = 15
"""The oldest supported major version of PostgreSQL."""

MAX_SKEW_SECONDS = 5
"""The database's clock decides when jobs are due, the host's when tokens and periods expire."""

_MIGRATE = "Run `python -m shared.db.migrations` of this release."


def reachable() -> Iterator[Finding]:
    """Check that the database answers and is new enough."""
    try:
        with transaction() as session:
            version = int(session.scalar(text("SHOW server_version_num")) or 0) // 10_000
    except DBAPIError as error:
        yield wrong(
            "database",
            f"does not let us in: {brief(error.orig or error)}",
            "Start PostgreSQL, or correct DATABASE_URL (address, name, user, password).",
        )
        return
    if version < OLDEST_VERSION:
        yield wrong(
            "database", f"is PostgreSQL {version}", f"Upgrade to PostgreSQL {OLDEST_VERSION} or newer."
        )
    else:
        yield ok("database", f"PostgreSQL {version} answers")


def migrated() -> Iterator[Finding]:
    """Check that the schema is that of this release."""
    expected = migrations.head()
    with transaction() as session:
        known = session.scalar(text("SELECT to_regclass('alembic_version') IS NOT NULL"))
        applied = session.scalar(text("SELECT version_num FROM alembic_version")) if known else None
    if applied is None:
        yield wrong("migrations", "the database is empty", _MIGRATE)
    elif applied == expected:
        yield ok("migrations", f"at {applied}, as this release needs")
    elif migrations.is_known(applied):
        yield wrong("migrations", f"at {applied}, this release needs {expected}", _MIGRATE)
    else:
        yield wrong(
            "migrations",
            f"at {applied}, which this release ({expected}) does not know",
            "A newer release has migrated it: bring this machine to that release.",
        )


def row_security() -> Iterator[Finding]:
    """Check that row security applies to the role of the API."""
    if settings().environment == "local":
        yield skipped("API role", "the local mode takes the API's role on from the owner's")
        return
    try:
        name = role_check.bypassing_role()
    except DBAPIError as error:
        yield wrong(
            "API role",
            f"does not get in: {brief(error.orig or error)}",
            "Correct API_DATABASE_URL; the role needs LOGIN, its password, and membership of botmeni_api.",
        )
        return
    if name is None:
        yield ok("API role", "row security binds it")
    else:
        yield wrong(
            "API role",
            f"{name} can step over row security",
            "API_DATABASE_URL must name a role that owns no table, is neither superuser nor BYPASSRLS, and"
            " is a member of botmeni_api alone.",
        )


def clock() -> Iterator[Finding]:
    """Check that the clocks of this host and the database agree."""
    with transaction() as session:
        before = now()
        database_time = session.scalar(text("SELECT clock_timestamp()"))
        after = now()
    skew = 0.0 if database_time is None else (database_time - (before + (after - before) / 2)).total_seconds()
    if abs(skew) > MAX_SKEW_SECONDS:
        yield wrong(
            "clock",
            f"the database is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} this host",
            "Let both keep time by NTP (chrony, systemd-timesyncd).",
        )
    else:
        yield ok("clock", f"{abs(skew) * 1000:.0f} ms apart from the database")
