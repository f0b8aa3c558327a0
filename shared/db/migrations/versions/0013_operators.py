"""operators: what they did, the dead jobs they list, and what erasing looks things up by

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.db.migrations.functions import install

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Deleting a ticket or a question asks these tables for what still refers to it.
INDEXES = {
    "ix_ticket_reads_ticket_id": ("ticket_reads", ["ticket_id"], None),
    "ix_tickets_question_id": ("tickets", ["question_id"], "question_id IS NOT NULL"),
    "ix_outbox_dead": ("outbox", ["dead_at", "id"], "dead_at IS NOT NULL"),
}


def upgrade() -> None:
    """Apply; nobody waits for it."""
    with op.get_context().autocommit_block():
        op.execute("SET statement_timeout = 0")
        for name, (table, columns, condition) in INDEXES.items():
            op.create_index(
                name,
                table,
                columns,
                postgresql_where=sa.text(condition) if condition else None,
                postgresql_concurrently=True,
                if_not_exists=True,
            )
        op.execute("SET statement_timeout = '60s'")
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=True),
        sa.Column("affected", sa.BigInteger(), nullable=False),
        sa.Column("subjects", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index("ix_audit_log_created_at_id", "audit_log", ["created_at", "id"])
    # It has no rights here either; the rule is the second wall.
    op.execute("ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY tenant ON audit_log TO botmeni_api USING (false)")
    install("audit_log_is_append_only", version="0013")
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log"
        " FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only()"
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("audit_log")
    op.execute("DROP FUNCTION audit_log_is_append_only()")
    for name, (table, _, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
