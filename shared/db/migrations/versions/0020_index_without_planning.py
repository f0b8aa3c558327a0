"""words of tickets written without planning each time

For one ticket, planning the statement of `index_tickets` took PostgreSQL ten times as long as running it.

Revision ID: 0020
Revises: 0019
"""

from shared.db.migrations.functions import install

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    install("index_tickets", version="0020")


def downgrade() -> None:
    """Take back."""
    install("index_tickets", version="0019")
