"""e-mails: deliveries, what people chose not to be told, addresses that were refused

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A person's own rows; support sees all, to say why something was or wasn't sent.
MINE_OR_SUPPORT = "person_id = (SELECT app_person()) OR (SELECT app_support())"
MY_ADDRESS = "address = (SELECT email FROM people WHERE id = (SELECT app_person()))"

POLICIES = {
    "email_deliveries": MINE_OR_SUPPORT,
    "notification_skips": MINE_OR_SUPPORT,
    "refused_addresses": MY_ADDRESS,
}
GRANTS = (
    "SELECT, UPDATE (outcome, reason, ended_at) ON email_deliveries",
    "SELECT ON notification_skips",
    "SELECT, DELETE ON refused_addresses",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "email_deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("events", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("folds", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "waiting",
                "sending",
                "sent",
                "dropped",
                "failed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("last_response", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_deliveries")),
    )
    op.create_index("ix_email_deliveries_ticket_id", "email_deliveries", ["ticket_id"])
    op.create_index(
        "ix_email_deliveries_waiting",
        "email_deliveries",
        ["person_id"],
        postgresql_where=sa.text("outcome = 'waiting'"),
    )
    op.create_index(
        "uq_email_deliveries_to_fold_into",
        "email_deliveries",
        ["person_id", "ticket_id"],
        unique=True,
        postgresql_where=sa.text("outcome = 'waiting' AND attempts = 0"),
    )
    op.create_table(
        "notification_skips",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_skips")),
    )
    op.create_index("ix_notification_skips_ticket_id", "notification_skips", ["ticket_id"])
    op.create_table(
        "refused_addresses",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_refused_addresses")),
    )
    for table, rule in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} TO botmeni_api USING ({rule}) WITH CHECK ({rule})")
    for grant in GRANTS:
        op.execute(f"GRANT {grant} TO botmeni_api")


def downgrade() -> None:
    """Take back."""
    for table in POLICIES:
        op.drop_table(table)
