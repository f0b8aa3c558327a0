"""notification preferences; notifications without foreign keys

A notification's person and ticket are rows that the same statement read, and neither is ever deleted. Its
foreign keys were half the cost of telling 50 people, and made telling wait for whoever held the ticket.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OWN_PERSON = "person_id = (SELECT app_person())"
UNREAD = "uq_notifications_unread_per_ticket"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "notification_preferences",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notification_preferences_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "topic", "channel", name=op.f("pk_notification_preferences")),
    )
    op.execute("ALTER TABLE notification_preferences ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY tenant ON notification_preferences TO botmeni_api"
        f" USING ({OWN_PERSON}) WITH CHECK ({OWN_PERSON})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON notification_preferences TO botmeni_api")
    op.drop_constraint("fk_notifications_person_id", "notifications")
    op.drop_constraint("fk_notifications_ticket_id", "notifications")
    _index_unread("read_at IS NULL")


def downgrade() -> None:
    """Take back."""
    _index_unread("read_at IS NULL AND ticket_id IS NOT NULL")
    op.create_foreign_key("fk_notifications_ticket_id", "notifications", "tickets", ["ticket_id"], ["id"])
    op.create_foreign_key("fk_notifications_person_id", "notifications", "people", ["person_id"], ["id"])
    op.drop_table("notification_preferences")


def _index_unread(condition: str) -> None:
    """Lines without a ticket never collide: NULLs are distinct."""
    op.drop_index(UNREAD, table_name="notifications")
    op.create_index(
        UNREAD,
        "notifications",
        ["person_id", "ticket_id"],
        unique=True,
        postgresql_where=sa.text(condition),
    )
