"""first tables

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.db.migrations.functions import install

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    install("new_uuid", version="0001")
    op.create_table(
        "causes",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("refunds", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_causes")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("beaten_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("queue", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "available_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("claims", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("starts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        postgresql_with={
            "fillfactor": "70",
            "autovacuum_vacuum_scale_factor": "0.02",
            "autovacuum_vacuum_threshold": "1000",
            "autovacuum_vacuum_cost_delay": "0",
        },
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["consumer", "available_at"],
        unique=False,
        postgresql_where=sa.text("dead_at IS NULL"),
    )
    op.create_table(
        "plans",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("tickets_included", sa.Boolean(), nullable=False),
        sa.Column("units_per_period", sa.BigInteger(), nullable=True),
        sa.Column("period_months", sa.BigInteger(), nullable=False),
        sa.Column("benefits_es", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("benefits_en", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint("period_months BETWEEN 1 AND 12", name=op.f("ck_plans_period_within_a_year")),
        sa.CheckConstraint("units_per_period >= 0", name=op.f("ck_plans_units_not_negative")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_plans")),
    )
    op.create_table(
        "stores",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("plan_code", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("subscribed_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_code"], ["plans.code"], name=op.f("fk_stores_plan_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stores")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), server_default="es", nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(store_id IS NULL) = ('soporte' = ANY(roles))", name=op.f("ck_people_support_has_no_store")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_people_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_index("ix_people_store_id", "people", ["store_id"], unique=False)
    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "history",
                "test",
                "pending",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("sources", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_questions_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(
        "ix_questions_store_id_origin_asked_at_id",
        "questions",
        ["store_id", "origin", "asked_at", "id"],
        unique=False,
    )
    op.create_table(
        "quota_periods",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit_limit", sa.BigInteger(), nullable=True),
        sa.Column("used", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("announced_percent", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_quota_periods_starts_before_it_ends")),
        sa.CheckConstraint("used >= 0", name=op.f("ck_quota_periods_used_not_negative")),
        sa.CheckConstraint("used BETWEEN 0 AND unit_limit", name=op.f("ck_quota_periods_used_within_limit")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_quota_periods_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_periods")),
        sa.UniqueConstraint("store_id", "starts_at", name=op.f("uq_quota_periods_store_id_starts_at")),
    )
    op.create_table(
        "ticket_counters",
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_ticket_counters_store_id")),
        sa.PrimaryKeyConstraint("store_id", name=op.f("pk_ticket_counters")),
    )
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["updated_by"], ["people.id"], name=op.f("fk_canned_replies_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_idempotency_keys_person_id")),
        sa.PrimaryKeyConstraint("person_id", "route", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False)
    op.create_table(
        "quota_ledger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "grant",
                "consume",
                "refund",
                "adjust",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["period_id"], ["quota_periods.id"], name=op.f("fk_quota_ledger_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_ledger")),
        sa.UniqueConstraint("subject_id", "kind", name=op.f("uq_quota_ledger_subject_id_kind")),
    )
    op.create_index("ix_quota_ledger_period_id_id", "quota_ledger", ["period_id", "id"], unique=False)
    op.create_table(
        "ratings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "correct",
                "improvable",
                "incorrect",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("rated_answer", sa.Text(), nullable=False),
        sa.Column("rated_by", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "none",
                "pending",
                "ticketed",
                "parked",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "parked_reason",
            sa.Enum(
                "plan_without_tickets",
                "quota_exhausted",
                name="parked_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'parked') = (parked_reason IS NOT NULL)", name=op.f("ck_ratings_parked_has_reason")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_ratings_question_id")),
        sa.ForeignKeyConstraint(["rated_by"], ["people.id"], name=op.f("fk_ratings_rated_by")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_ratings_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("question_id", name=op.f("uq_ratings_question_id")),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("question", "generic", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum(
                "correct",
                "improvable",
                "incorrect",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "parked",
                "open",
                "in_progress",
                "answered",
                "closed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "parked_reason",
            sa.Enum(
                "plan_without_tickets",
                "quota_exhausted",
                name="parked_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("rating_id", sa.Uuid(), nullable=True),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("last_position", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("public_position", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'question') = (rating_id IS NOT NULL)", name=op.f("ck_tickets_question_has_rating")
        ),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_tickets_closed_has_time")
        ),
        sa.CheckConstraint(
            "(status = 'parked') = (parked_reason IS NOT NULL)", name=op.f("ck_tickets_parked_has_reason")
        ),
        sa.CheckConstraint(
            "verdict IN ('improvable', 'incorrect')", name=op.f("ck_tickets_verdict_is_yellow_or_red")
        ),
        sa.CheckConstraint(
            "public_position BETWEEN 1 AND last_position", name=op.f("ck_tickets_positions_in_order")
        ),
        sa.ForeignKeyConstraint(["assignee_id"], ["people.id"], name=op.f("fk_tickets_assignee_id")),
        sa.ForeignKeyConstraint(["cause"], ["causes.code"], name=op.f("fk_tickets_cause")),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_tickets_opened_by")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_tickets_question_id")),
        sa.ForeignKeyConstraint(["rating_id"], ["ratings.id"], name=op.f("fk_tickets_rating_id")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_tickets_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_tickets_rating_id")),
        sa.UniqueConstraint("store_id", "number", name=op.f("uq_tickets_store_id_number")),
    )
    op.create_index("ix_tickets_last_activity_at_id", "tickets", ["last_activity_at", "id"], unique=False)
    op.create_index(
        "ix_tickets_store_id_last_activity_at_id",
        "tickets",
        ["store_id", "last_activity_at", "id"],
        unique=False,
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("from_support", sa.Boolean(), nullable=False),
        sa.Column("internal", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_messages_author_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_messages_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("ticket_id", "position", name=op.f("uq_messages_ticket_id_position")),
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("count >= 1", name=op.f("ck_notifications_counts_something")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notifications_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_notifications_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
    )
    op.create_index(
        "ix_notifications_person_id_updated_at_id",
        "notifications",
        ["person_id", "updated_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_notifications_unread_per_ticket",
        "notifications",
        ["person_id", "ticket_id"],
        unique=True,
        postgresql_where=sa.text("read_at IS NULL AND ticket_id IS NOT NULL"),
    )
    op.create_table(
        "ticket_reads",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ticket_reads_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_reads_ticket_id")),
        sa.PrimaryKeyConstraint("person_id", "ticket_id", name=op.f("pk_ticket_reads")),
    )
    op.create_table(
        "timeline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "requested",
                "opened",
                "parked",
                "promoted",
                "rerated",
                "replied",
                "noted",
                "status",
                "assigned",
                "resolved",
                "closed",
                "reopened",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("internal", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_timeline_actor_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_timeline_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline")),
    )
    op.create_index("ix_timeline_ticket_id_id", "timeline", ["ticket_id", "id"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_timeline_ticket_id_id", table_name="timeline")
    op.drop_table("timeline")
    op.drop_table("ticket_reads")
    op.drop_index(
        "uq_notifications_unread_per_ticket",
        table_name="notifications",
        postgresql_where=sa.text("read_at IS NULL AND ticket_id IS NOT NULL"),
    )
    op.drop_index("ix_notifications_person_id_updated_at_id", table_name="notifications")
    op.drop_table("notifications")
    op.drop_table("messages")
    op.drop_index("ix_tickets_store_id_last_activity_at_id", table_name="tickets")
    op.drop_index("ix_tickets_last_activity_at_id", table_name="tickets")
    op.drop_table("tickets")
    op.drop_table("ratings")
    op.drop_index("ix_quota_ledger_period_id_id", table_name="quota_ledger")
    op.drop_table("quota_ledger")
    op.drop_index("ix_idempotency_keys_created_at", table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_table("canned_replies")
    op.drop_table("ticket_counters")
    op.drop_table("quota_periods")
    op.drop_index("ix_questions_store_id_origin_asked_at_id", table_name="questions")
    op.drop_table("questions")
    op.drop_index("ix_people_store_id", table_name="people")
    op.drop_table("people")
    op.drop_table("stores")
    op.drop_table("plans")
    op.drop_index("ix_outbox_due", table_name="outbox", postgresql_where=sa.text("dead_at IS NULL"))
    op.drop_table("outbox")
    op.drop_table("heartbeats")
    op.drop_table("causes")
    op.execute("DROP FUNCTION new_uuid()")
