"""the API may say which request asked for a redelivery

Revision ID: 0016
Revises: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("GRANT UPDATE (correlation_id) ON webhook_deliveries TO botmeni_api")


def downgrade() -> None:
    """Take back."""
    op.execute("REVOKE UPDATE (correlation_id) ON webhook_deliveries FROM botmeni_api")
