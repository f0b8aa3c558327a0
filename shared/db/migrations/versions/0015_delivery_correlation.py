"""a webhook's delivery knows the request that led to it

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; a constant default rewrites no row, and the previous release goes on inserting without it."""
    op.add_column(
        "webhook_deliveries", sa.Column("correlation_id", sa.Text(), server_default="", nullable=False)
    )


def downgrade() -> None:
    """Take back."""
    op.drop_column("webhook_deliveries", "correlation_id")
