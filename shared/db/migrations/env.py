"""How Alembic reaches the database: one transaction for each revision, never waiting long for a lock."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, text

from shared.db.models import Base

TIMEOUTS = ("SET lock_timeout = '4s'", "SET statement_timeout = '60s'")


def run() -> None:
    """Migrate online; two processes migrating at once take turns by an advisory lock."""
    url = context.config.attributes["database_url"]
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(hashtext('botmeni-tickets-migrations'))"))
        for timeout in TIMEOUTS:
            connection.execute(text(timeout))
        connection.commit()
        context.configure(
            connection=connection, target_metadata=Base.metadata, transaction_per_migration=True
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
