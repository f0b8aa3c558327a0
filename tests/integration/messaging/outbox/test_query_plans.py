"""What taking jobs costs depends on how many are taken, whatever waits beside them."""

from __future__ import annotations

from sqlalchemy import text

from shared.db.engine import engine
from shared.messaging.outbox.batch import process_batch
from tests.integration.messaging.outbox.conftest import CONSUMER

PREPARED = 12
"""Batches after which a connection has been given one plan for whatever comes."""

_READ = text("""
    SELECT CAST(pg_stat_get_xact_tuples_returned('outbox'::regclass) + sum(
        pg_stat_get_xact_tuples_returned(indexrelid) + pg_stat_get_xact_tuples_fetched(indexrelid)
    ) AS integer)
    FROM pg_index WHERE indrelid = 'outbox'::regclass
""")


def test_few_jobs_are_taken_without_reading_the_many_that_wait(published, db):
    """Also by a plan that was made when nothing else waited, as on the first day."""
    read: list[int] = []
    # From here on one connection, which has counted nothing yet.
    engine().dispose()

    def look(session, _events):
        read.append(session.scalar(_READ))
        # Counted from here on anew.
        session.execute(text("SELECT pg_stat_force_next_flush()"))

    for _ in range(PREPARED):
        process_batch(CONSUMER, look, published(5))
        db.execute("ANALYZE outbox")
    published(3_000)
    for _ in range(PREPARED):
        process_batch(CONSUMER, look, published(5))
    assert max(read) < 100
