"""store sync: when the account service sent what is known of a store and of its people

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = (("stores", "synced_at"), ("stores", "people_complete_at"), ("people", "synced_at"))


def upgrade() -> None:
    """Apply."""
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take back."""
    for table, column in COLUMNS:
        op.drop_column(table, column)
