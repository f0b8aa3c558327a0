"""The retention rules: for each kind of data, its setting, and how to delete a batch of what is too old.

Responses stored for idempotency keys have a setting and a job of their own
(`shared.http.idempotency.expiry`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.config.settings import Settings
from shared.db import audit
from shared.messaging.events import AttachmentDeleted
from shared.messaging.outbox.publish import publish

BATCH_ROWS = 5_000
"""Rows deleted by one transaction."""

BATCH_TICKETS = 200
"""Closed tickets deleted by one transaction: fewer, because each of them has many rows in other tables."""

DeleteBatch = Callable[[Session, datetime], int]
"""Deletes a batch of what is older than a moment; returns the number of deleted rows."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """A kind of data, and for how many days the settings allow to store it; 0 days: without limit."""

    name: str
    days: Callable[[Settings], int]
    delete_batch: DeleteBatch

    def before(self, config: Settings, now: datetime) -> datetime | None:
        """The moment before which data is too old; None: there is no limit."""
        days = self.days(config)
        return now - timedelta(days=days) if days else None


def first_id_of(moment: datetime) -> UUID:
    """The smallest UUIDv7 of `moment` (RFC 9562, 5.7): rows that were inserted before have smaller ids.

    So the primary key can find old rows, in tables without an index on a time.
    """
    return UUID(int=(int(moment.timestamp() * 1000) << 80) | (0x7 << 76) | (0x2 << 62))


def _batch_deleter_by_age(table: str, condition: str) -> DeleteBatch:
    """Deletes the rows of `table` that are old by their id and meet `condition`, which may use `:before`."""
    statement = text(f"""
        DELETE FROM {table} WHERE id = ANY (ARRAY(
            SELECT id FROM {table} WHERE id < :first AND {condition} ORDER BY id LIMIT :most
            FOR UPDATE SKIP LOCKED
        ))
    """)  # noqa: S608 - constants of this module

    def delete_batch(session: Session, before: datetime) -> int:
        return _execute(session, statement, before=before, first=first_id_of(before), most=BATCH_ROWS)

    return delete_batch


_DELETE_ATTEMPTS = text("DELETE FROM webhook_attempts WHERE delivery_id = ANY(:ids)")
_DELETE_DELIVERIES = text("DELETE FROM webhook_deliveries WHERE id = ANY(:ids)")
_SELECT_OLD_DELIVERIES = text("""
    SELECT id FROM webhook_deliveries WHERE id < :first AND ended_at < :before
    ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
""")


def _delete_webhook_deliveries(session: Session, before: datetime) -> int:
    values = {"first": first_id_of(before), "before": before, "most": BATCH_ROWS}
    ids = session.scalars(_SELECT_OLD_DELIVERIES, values).all()
    if ids:
        session.execute(_DELETE_ATTEMPTS, {"ids": ids})
        session.execute(_DELETE_DELIVERIES, {"ids": ids})
    return len(ids)


_DELETE_DEAD_JOBS = text("""
    DELETE FROM outbox WHERE id = ANY (ARRAY(
        SELECT id FROM outbox WHERE dead_at < :before ORDER BY dead_at LIMIT :most FOR UPDATE SKIP LOCKED
    ))
""")


def _delete_dead_jobs(session: Session, before: datetime) -> int:
    return _execute(session, _DELETE_DEAD_JOBS, before=before, most=BATCH_ROWS)


def _delete_audit_entries(session: Session, before: datetime) -> int:
    return audit.delete_old(session, before, BATCH_ROWS)


_SELECT_OLD_TICKETS = text("""
    SELECT id, store_id, rating_id, question_id FROM tickets
    WHERE status = 'closed' AND last_activity_at < :before AND closed_at < :before
    ORDER BY last_activity_at, id LIMIT :most FOR UPDATE SKIP LOCKED
""")
_DELETE_ATTACHMENTS = text("""
    DELETE FROM attachments WHERE ticket_id = ANY(:tickets) OR rating_id = ANY(:ratings)
    RETURNING id, store_id
""")
_DELETE_ROWS_OF_TICKETS = (
    """
    DELETE FROM webhook_attempts WHERE delivery_id IN (
        SELECT id FROM webhook_deliveries WHERE ticket_id = ANY(:tickets)
    )
    """,
    *(
        f"DELETE FROM {table} WHERE ticket_id = ANY(:tickets)"  # noqa: S608 - constants
        for table in (
            "webhook_deliveries",
            "email_deliveries",
            "notification_skips",
            "notifications",
            "ticket_reads",
            "ticket_documents",
            "timeline",
            "messages",
        )
    ),
    "DELETE FROM tickets WHERE id = ANY(:tickets)",
)
_DELETE_RATINGS = text("DELETE FROM ratings WHERE id = ANY(:ratings)")
_DELETE_QUESTIONS = text("DELETE FROM questions WHERE id = ANY(:questions)")


def _delete_closed_tickets(session: Session, before: datetime) -> int:
    """Delete tickets with everything that refers to them; ledger entries stay, as they have no text."""
    rows = session.execute(_SELECT_OLD_TICKETS, {"before": before, "most": BATCH_TICKETS}).all()
    if not rows:
        return 0
    tickets = [row.id for row in rows]
    ratings = [row.rating_id for row in rows if row.rating_id]
    attachments = session.execute(_DELETE_ATTACHMENTS, {"tickets": tickets, "ratings": ratings}).all()
    for statement in _DELETE_ROWS_OF_TICKETS:
        session.execute(text(statement), {"tickets": tickets})
    session.execute(_DELETE_RATINGS, {"ratings": ratings})
    session.execute(_DELETE_QUESTIONS, {"questions": [row.question_id for row in rows if row.question_id]})
    # The job for expired uploads deletes their objects from the storage.
    publish(
        session,
        [AttachmentDeleted(attachment_id=row.id, store_id=row.store_id) for row in attachments],
    )
    return len(rows)


RETENTION_RULES: tuple[RetentionRule, ...] = (
    RetentionRule(
        "closed_tickets", lambda config: config.retention_closed_tickets_days, _delete_closed_tickets
    ),
    RetentionRule(
        "notifications",
        lambda config: config.retention_notifications_days,
        _batch_deleter_by_age("notifications", "updated_at < :before"),
    ),
    RetentionRule(
        "emails",
        lambda config: config.retention_deliveries_days,
        _batch_deleter_by_age("email_deliveries", "ended_at < :before"),
    ),
    RetentionRule(
        "skips",
        lambda config: config.retention_deliveries_days,
        _batch_deleter_by_age("notification_skips", "created_at < :before"),
    ),
    RetentionRule(
        "webhook_calls", lambda config: config.retention_deliveries_days, _delete_webhook_deliveries
    ),
    RetentionRule("dead_jobs", lambda config: config.retention_dead_jobs_days, _delete_dead_jobs),
    RetentionRule("audit", lambda config: config.retention_audit_days, _delete_audit_entries),
)


def _execute(session: Session, statement: object, **values: object) -> int:
    """Execute `statement`; returns the number of affected rows."""
    result = session.execute(statement, values)  # type: ignore[call-overload] # always a text() with these names
    return int(result.rowcount)
