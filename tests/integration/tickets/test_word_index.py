"""What writing the words of one ticket costs depends on that ticket, whatever has been written meanwhile."""

from __future__ import annotations

from sqlalchemy import text

from services.ticket_api.tickets.word_index import index_words
from shared.db.engine import engine
from shared.db.transactions import transaction

PREPARED = 12
"""Calls after which a connection has been given one plan for whatever comes."""

_READ = text("""
    SELECT CAST(sum(pg_stat_get_xact_tuples_returned(oid)) AS integer) FROM pg_class
    WHERE relname IN ('tickets', 'messages', 'ratings', 'questions')
""")
_MANY = """
    INSERT INTO messages
        (id, ticket_id, store_id, position, author_id, from_support, internal, body, created_at)
    SELECT gen_random_uuid(), ticket_id, store_id, position + number, author_id, false, false, 'Hola', now()
    FROM messages, generate_series(1, 5000) number WHERE ticket_id = :ticket
"""


def test_the_words_of_one_ticket_are_written_without_reading_all_others(db, ticket_factory, shop):
    """Also by a plan that was made while there were hardly any, as on the first day."""
    ours, other = ticket_factory.generic(shop), ticket_factory.generic(shop)
    db.execute("ANALYZE tickets, messages")
    # From here on one connection, which has planned nothing yet.
    engine().dispose()
    for _ in range(PREPARED):
        with transaction() as session:
            index_words(session, [ours])
    db.execute(_MANY, ticket=other)
    with transaction() as session:
        before = session.scalar(_READ)
        index_words(session, [ours])
        assert session.scalar(_READ) - before < 100


def test_one_plan_serves_all_tickets(db):
    """Making one for each costs ten times its use."""
    [function] = db.all("SELECT proconfig FROM pg_proc WHERE proname = 'index_tickets'")
    assert "plan_cache_mode=force_generic_plan" in function.proconfig
