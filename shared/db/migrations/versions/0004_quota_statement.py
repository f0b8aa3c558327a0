"""quota statement: a store's ledger in order, and adjustments that take the limit away

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; what a try that was cut off left behind is made anew."""
    op.alter_column("quota_ledger", "units", existing_type=sa.BigInteger(), nullable=True)
    op.execute("ALTER TABLE quota_ledger DROP CONSTRAINT IF EXISTS ck_quota_ledger_units_known")
    op.create_check_constraint(
        op.f("ck_quota_ledger_units_known"),
        "quota_ledger",
        "units IS NOT NULL OR kind = 'adjust'",
        postgresql_not_valid=True,
    )
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE quota_ledger VALIDATE CONSTRAINT ck_quota_ledger_units_known")
        _replace_index(
            "ix_quota_ledger_period_id_id",
            "ix_quota_ledger_store_id_created_at_id",
            ["store_id", "created_at", "id"],
        )


def downgrade() -> None:
    """Take back; refuses while an adjustment without units exists."""
    op.alter_column("quota_ledger", "units", existing_type=sa.BigInteger(), nullable=False)
    op.drop_constraint(op.f("ck_quota_ledger_units_known"), "quota_ledger")
    with op.get_context().autocommit_block():
        _replace_index(
            "ix_quota_ledger_store_id_created_at_id", "ix_quota_ledger_period_id_id", ["period_id", "id"]
        )


def _replace_index(old: str, new: str, columns: list[str]) -> None:
    op.drop_index(new, table_name="quota_ledger", if_exists=True, postgresql_concurrently=True)
    op.create_index(new, "quota_ledger", columns, postgresql_concurrently=True)
    op.drop_index(old, table_name="quota_ledger", if_exists=True, postgresql_concurrently=True)
