"""words of tickets written without planning each time

For one ticket, planning the statement of `index_tickets` took PostgreSQL ten times as long as running it:
a plan for these very ids always looks cheaper than one for ten tickets, and is the same one. One plan for all
may have been made while tables were nearly empty, so it has to go by keys.

Revision ID: 0020
Revises: 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER FUNCTION index_tickets(uuid[]) SET plan_cache_mode = force_generic_plan")
    op.execute("ALTER FUNCTION index_tickets(uuid[]) SET enable_seqscan = off")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER FUNCTION index_tickets(uuid[]) RESET plan_cache_mode")
    op.execute("ALTER FUNCTION index_tickets(uuid[]) RESET enable_seqscan")
