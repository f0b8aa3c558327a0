"""ratings that other services record: each message acts once, by its id

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; only workers read or write the table, so the API's role is granted nothing."""
    op.create_table(
        "rating_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_rating_messages_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_messages")),
    )
    op.create_index("ix_rating_messages_question_id", "rating_messages", ["question_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("rating_messages")
