"""dead jobs by consumer, to be counted for each

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BY_CONSUMER = "ix_outbox_dead_consumer"


def upgrade() -> None:
    """Apply; nobody waits for it, and what a try that was cut off left behind is made anew."""
    with op.get_context().autocommit_block():
        op.drop_index(BY_CONSUMER, table_name="outbox", if_exists=True, postgresql_concurrently=True)
        op.create_index(
            BY_CONSUMER,
            "outbox",
            ["consumer"],
            postgresql_where=sa.text("dead_at IS NOT NULL"),
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    """Take back."""
    op.drop_index(BY_CONSUMER, table_name="outbox")
