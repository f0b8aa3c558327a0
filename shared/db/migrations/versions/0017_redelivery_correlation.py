"""the API may say which request asked for a redelivery

Revision ID: 0017
Revises: 0016
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("GRANT UPDATE (correlation_id) ON webhook_deliveries TO botmeni_api")


def downgrade() -> None:
    """Take back."""
    op.execute("REVOKE UPDATE (correlation_id) ON webhook_deliveries FROM botmeni_api")
