"""search of tickets: their words as documents, and the functions that write and search them

Row security keeps `@@` from using its index where the API's role runs it (it is not leakproof), so
the search is a function of the tables' owner that holds itself to the caller's store.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.db.migrations.functions import install

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BATCH = 2_000

SIGNATURES = (
    "search_tickets(text, uuid, boolean, timestamptz, bigint, uuid, integer)",
    "search_estimate(text)",
    "search_query(text, uuid)",
    "index_tickets(uuid[])",
    "search_fold(text)",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "ticket_documents",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("document", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_documents_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ticket_documents")),
    )
    install("search_fold", version="0010")
    install("index_tickets", version="0010")
    install("search_query", version="0010")
    install("search_estimate", version="0010")
    install("search_tickets", version="0010")
    for signature in SIGNATURES[:-1]:
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO botmeni_api")
    # Stores search by the function alone: what a note says is not to be read off a document.
    op.execute("ALTER TABLE ticket_documents ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY tenant ON ticket_documents TO botmeni_api USING ((SELECT app_support()))")
    op.execute("GRANT SELECT ON ticket_documents TO botmeni_api")
    _index_what_is_there()
    op.create_index(
        "ix_ticket_documents_document",
        "ticket_documents",
        ["document"],
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 512},
    )


def _index_what_is_there() -> None:
    last = "00000000-0000-0000-0000-000000000000"
    batch = sa.text(
        "SELECT array_agg(id) FROM (SELECT id FROM tickets WHERE id > :last ORDER BY id LIMIT :most) t"
    )
    while ids := op.get_bind().scalar(batch, {"last": last, "most": BATCH}):
        op.get_bind().execute(sa.text("SELECT index_tickets(:ids)"), {"ids": ids})
        last = ids[-1]


def downgrade() -> None:
    """Take back."""
    for signature in SIGNATURES:
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_table("ticket_documents")
