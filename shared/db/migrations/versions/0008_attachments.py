"""attachments

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATUSES = ("pending", "ready", "rejected")
REASONS = ("not_a_picture", "too_many_pixels", "damaged", "too_demanding", "lost")

# Loose ones are their uploader's: the query says so; the wall here is between stores.
VISIBLE = "(SELECT app_support()) OR (store_id = (SELECT app_store()) AND NOT internal)"

PARTIAL_INDEXES = {
    "ix_attachments_message_id": ("message_id", "message_id IS NOT NULL"),
    "ix_attachments_ticket_id": ("ticket_id", "ticket_id IS NOT NULL"),
    "ix_attachments_rating_id": ("rating_id", "rating_id IS NOT NULL"),
    "ix_attachments_loose": ("created_at", "tied_at IS NULL"),
    "ix_attachments_pending": ("created_at", "status = 'pending'"),
}


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", _enum("status", STATUSES), nullable=False),
        sa.Column("reason", _enum("reason", REASONS), nullable=True),
        sa.Column("upload_bytes", sa.BigInteger(), nullable=False),
        sa.Column("stored_bytes", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("frames", sa.BigInteger(), nullable=True),
        sa.Column("total_frames", sa.BigInteger(), nullable=True),
        sa.Column("rating_id", sa.Uuid(), nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("internal", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("tied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(status = 'rejected') = (reason IS NOT NULL)", name=op.f("ck_attachments_rejected_has_reason")
        ),
        sa.CheckConstraint(
            "status <> 'ready' OR num_nulls(width, height, frames, total_frames) = 0",
            name=op.f("ck_attachments_ready_has_size"),
        ),
        sa.CheckConstraint(
            "(tied_at IS NULL) = (num_nonnulls(rating_id, ticket_id, message_id) = 0)",
            name=op.f("ck_attachments_tied_to_something"),
        ),
        sa.CheckConstraint(
            "tied_at IS NULL OR store_id IS NOT NULL", name=op.f("ck_attachments_tied_has_store")
        ),
        sa.CheckConstraint(
            "message_id IS NULL OR ticket_id IS NOT NULL", name=op.f("ck_attachments_message_has_ticket")
        ),
        sa.CheckConstraint("stored_bytes >= 0", name=op.f("ck_attachments_bytes_not_negative")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_attachments_store_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["people.id"], name=op.f("fk_attachments_uploaded_by")),
        sa.ForeignKeyConstraint(["rating_id"], ["ratings.id"], name=op.f("fk_attachments_rating_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_attachments_ticket_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_attachments_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    for name, (column, condition) in PARTIAL_INDEXES.items():
        op.create_index(name, "attachments", [column], postgresql_where=sa.text(condition))
    op.create_index(
        "ix_attachments_store_id", "attachments", ["store_id"], postgresql_include=["stored_bytes"]
    )
    op.create_index("ix_attachments_uploaded_by", "attachments", ["uploaded_by"])
    op.execute("ALTER TABLE attachments ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON attachments TO botmeni_api USING ({VISIBLE}) WITH CHECK ({VISIBLE})")
    op.execute("GRANT SELECT, INSERT, UPDATE ON attachments TO botmeni_api")


def downgrade() -> None:
    """Take back."""
    op.drop_table("attachments")


def _enum(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
