"""stores by name, for support's list

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BY_NAME = "ix_stores_lower_name_id"


def upgrade() -> None:
    """Apply; nobody waits for it."""
    with op.get_context().autocommit_block():
        op.create_index(BY_NAME, "stores", [sa.text("lower(name)"), "id"], postgresql_concurrently=True)


def downgrade() -> None:
    """Take back."""
    op.drop_index(BY_NAME, table_name="stores")
