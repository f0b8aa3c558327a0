"""an index for each order that tickets are listed in

Revision ID: 0009
Revises: 0008
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BY_STORE = "ix_tickets_store_id_status_last_activity_at_id"
BY_STATUS = "ix_tickets_status_last_activity_at_id"
BY_ASSIGNEE = "ix_tickets_assignee_id_status_last_activity_at_id"
BY_NUMBER = "ix_tickets_number_id"

INDEXES: dict[str, tuple[list[str], dict[str, Any]]] = {
    BY_STORE: (["store_id", "status", "last_activity_at", "id"], {}),
    BY_STATUS: (["status", "last_activity_at", "id"], {"postgresql_include": ["store_id"]}),
    BY_ASSIGNEE: (
        ["assignee_id", "status", "last_activity_at", "id"],
        {
            "postgresql_where": sa.text("assignee_id IS NOT NULL"),
            "postgresql_include": ["store_id"],
        },
    ),
    BY_NUMBER: (["number", "id"], {}),
}


def upgrade() -> None:
    """Apply; nobody waits for it."""
    with op.get_context().autocommit_block():
        op.execute("SET statement_timeout = 0")
        for name, (columns, options) in INDEXES.items():
            op.create_index(name, "tickets", columns, unique=False, postgresql_concurrently=True, **options)
        op.execute("SET statement_timeout = '60s'")


def downgrade() -> None:
    """Take back."""
    for name in reversed(INDEXES):
        op.drop_index(name, table_name="tickets")
