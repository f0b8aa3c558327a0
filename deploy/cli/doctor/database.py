"""PostgreSQL: there, of this release's schema, with a role the API is bound by, and with the right time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deploy.cli.doctor.finding import Finding, brief, ok, skipped, wrong
from shared.clock import now
from shared.config.settings import settings
from shared.db import migrations, role_check
from shared.db.transactions import transaction

OLDEST = 15
"""Oldest major version of PostgreSQL."""

MOST_SKEW_SECONDS = 5
"""Due times are the database's, expiry of tokens and periods the host's."""

_MIGRATE = "Run `python -m shared.db.migrations` of this release."


def reachable() -> Iterator[Finding]:
    """Whether the database answers, and is new enough."""
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
    if version < OLDEST:
        yield wrong("database", f"is PostgreSQL {version}", f"Upgrade to PostgreSQL {OLDEST} or newer.")
    else:
        yield ok("database", f"PostgreSQL {version} answers")


def migrated() -> Iterator[Finding]:
    """Whether the schema is this release's."""
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


def bound() -> Iterator[Finding]:
    """Whether row security binds the role the API works as."""
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
    """Whether this host and the database agree on the time."""
    with transaction() as session:
        before = now()
        there = session.scalar(text("SELECT clock_timestamp()"))
        after = now()
    skew = 0.0 if there is None else (there - (before + (after - before) / 2)).total_seconds()
    if abs(skew) > MOST_SKEW_SECONDS:
        yield wrong(
            "clock",
            f"the database is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} this host",
            "Let both keep time by NTP (chrony, systemd-timesyncd).",
        )
    else:
        yield ok("clock", f"{abs(skew) * 1000:.0f} ms apart from the database")
