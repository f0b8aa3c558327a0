"""support sees whom a ticket's notifications reached; nobody but their person may change them

Revision ID: 0012
Revises: 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OWN_PERSON = "person_id = (SELECT app_person())"
SUPPORT = "(SELECT app_support())"
BY_TICKET = "ix_notifications_ticket_id"


def upgrade() -> None:
    """Apply; nobody waits for it."""
    with op.get_context().autocommit_block():
        op.execute("SET statement_timeout = 0")
        op.create_index(BY_TICKET, "notifications", ["ticket_id"], postgresql_concurrently=True)
        op.execute("SET statement_timeout = '60s'")
    op.execute(f"CREATE POLICY support ON notifications FOR SELECT TO botmeni_api USING ({SUPPORT})")
    for table in ("email_deliveries", "notification_skips"):
        op.execute(f"DROP POLICY tenant ON {table}")
        op.execute(
            f"CREATE POLICY tenant ON {table} TO botmeni_api USING ({OWN_PERSON}) WITH CHECK ({OWN_PERSON})"
        )
        op.execute(f"CREATE POLICY support ON {table} FOR SELECT TO botmeni_api USING ({SUPPORT})")


def downgrade() -> None:
    """Take back."""
    op.drop_index(BY_TICKET, table_name="notifications")
    op.execute("DROP POLICY support ON notifications")
    for table in ("email_deliveries", "notification_skips"):
        rule = f"{OWN_PERSON} OR {SUPPORT}"
        op.execute(f"DROP POLICY support ON {table}")
        op.execute(f"DROP POLICY tenant ON {table}")
        op.execute(f"CREATE POLICY tenant ON {table} TO botmeni_api USING ({rule}) WITH CHECK ({rule})")
