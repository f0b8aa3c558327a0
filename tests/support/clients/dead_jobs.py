"""Errors of jobs that ended dead."""

from __future__ import annotations

from tests.support.factories.database import Database


def error_of_dead_job(db: Database, consumer: str) -> str:
    """What the one row of `consumer` says, which died at its first try."""
    query = "SELECT last_error, dead_at, attempts FROM outbox WHERE consumer = :consumer"
    [row] = db.all(query, consumer=consumer)
    assert row.dead_at is not None
    assert row.attempts == 1
    return str(row.last_error)
