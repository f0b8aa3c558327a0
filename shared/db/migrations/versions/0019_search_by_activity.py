"""search of the newest first: documents know when something last happened to their ticket

The index of words knows no order, so a search fetched every ticket that holds them to find the newest.
Now a document also holds the hour of its ticket's last activity, and the longer stretches of time that hour
is in: lexemes like any other, which narrow a search down to the stretch that should hold a page.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from shared.db.migrations.functions import install

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BATCH = 2_000

DATED = """
    CREATE CONSTRAINT TRIGGER search_dated AFTER UPDATE OF last_activity_at ON tickets
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.last_activity_at IS DISTINCT FROM NEW.last_activity_at)
    EXECUTE FUNCTION search_date_ticket()
"""
DATE_WHAT_IS_THERE = """
    UPDATE ticket_documents d
    SET document = d.document || array_to_tsvector(search_moments(t.last_activity_at))
    FROM tickets t WHERE d.ticket_id = ANY(:ids) AND t.id = d.ticket_id
"""


def upgrade() -> None:
    """Apply, committing step by step; a try that was cut off is gone over again without harm.

    Documents are dated before searches rely on it. One that its ticket's activity overtakes meanwhile
    holds a moment too many, which finds it once too often and never too seldom. Each is written anew, so
    the table and its index grow by as much again until vacuumed. No person is to be erased meanwhile.
    """
    with op.get_context().autocommit_block():
        install("search_moments", version="0019")
        install("index_tickets", version="0019")
        install("search_date_ticket", version="0019")
        op.execute("DROP TRIGGER IF EXISTS search_dated ON tickets")
        op.execute(DATED)
        _date_what_is_there()
        install("search_reach", version="0019")
        install("search_width", version="0019")
        install("search_stretches", version="0019")
        install("search_tickets", version="0019")


def _date_what_is_there() -> None:
    last = "00000000-0000-0000-0000-000000000000"
    batch = sa.text(
        "SELECT array_agg(ticket_id) FROM (SELECT ticket_id FROM ticket_documents"
        " WHERE ticket_id > :last ORDER BY ticket_id LIMIT :most) documents"
    )
    while ids := op.get_bind().scalar(batch, {"last": last, "most": BATCH}):
        op.get_bind().execute(sa.text(DATE_WHAT_IS_THERE), {"ids": ids})
        last = ids[-1]


def downgrade() -> None:
    """Take back: the functions of 0010, which pass over the moments that documents hold."""
    op.execute("DROP TRIGGER search_dated ON tickets")
    install("index_tickets", version="0010")
    install("search_tickets", version="0010")
    for signature in (
        "search_reach(tsquery, bigint, integer)",
        "search_stretches(bigint, bigint, bigint)",
        "search_width(bigint)",
        "search_date_ticket()",
        "search_moments(timestamptz)",
    ):
        op.execute(f"DROP FUNCTION {signature}")
