"""Forgetting what is older than the settings say, a bounded batch at a time.

Answers kept under idempotency keys have their own setting and job (`shared.http.idempotency.expiry`).
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
from shared.messaging.events import AttachmentExpired
from shared.messaging.outbox.publish import publish

ROWS = 5_000
"""Rows forgotten by one transaction; closed tickets are fewer, because each takes much with it."""

TICKETS = 200

Forget = Callable[[Session, datetime], int]
"""Forget up to a batch of what is older than a moment; how many of them there were."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """What `days` of the settings is about; 0 days: for ever."""

    name: str
    days: Callable[[Settings], int]
    forget: Forget

    def before(self, config: Settings, now: datetime) -> datetime | None:
        """What is older is to be forgotten; None: nothing."""
        days = self.days(config)
        return now - timedelta(days=days) if days else None


def first_id_of(moment: datetime) -> UUID:
    """The smallest UUIDv7 of `moment` (RFC 9562, 5.7): rows made before have smaller ids.

    By them the primary key finds old rows, in tables that need no other index on time.
    """
    return UUID(int=(int(moment.timestamp() * 1000) << 80) | (0x7 << 76) | (0x2 << 62))


def _by_id(table: str, condition: str) -> Forget:
    statement = text(f"""
        DELETE FROM {table} WHERE id = ANY (ARRAY(
            SELECT id FROM {table} WHERE id < :first AND {condition} ORDER BY id LIMIT :most
            FOR UPDATE SKIP LOCKED
        ))
    """)  # noqa: S608 - constants of this module

    def forget(session: Session, before: datetime) -> int:
        return _rows(session, statement, before=before, first=first_id_of(before), most=ROWS)

    return forget


_ATTEMPTS = text("DELETE FROM webhook_attempts WHERE delivery_id = ANY(:ids)")
_CALLS = text("DELETE FROM webhook_deliveries WHERE id = ANY(:ids)")
_OLD_CALLS = text("""
    SELECT id FROM webhook_deliveries WHERE id < :first AND ended_at < :before
    ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
""")


def _webhook_calls(session: Session, before: datetime) -> int:
    values = {"first": first_id_of(before), "before": before, "most": ROWS}
    ids = session.scalars(_OLD_CALLS, values).all()
    if ids:
        session.execute(_ATTEMPTS, {"ids": ids})
        session.execute(_CALLS, {"ids": ids})
    return len(ids)


_DEAD_JOBS = text("""
    DELETE FROM outbox WHERE id = ANY (ARRAY(
        SELECT id FROM outbox WHERE dead_at < :before ORDER BY dead_at LIMIT :most FOR UPDATE SKIP LOCKED
    ))
""")


def _dead_jobs(session: Session, before: datetime) -> int:
    return _rows(session, _DEAD_JOBS, before=before, most=ROWS)


def _audit(session: Session, before: datetime) -> int:
    return audit.delete_old(session, before, ROWS)


_CLOSED = text("""
    SELECT id, store_id, rating_id, question_id FROM tickets
    WHERE status = 'closed' AND last_activity_at < :before AND closed_at < :before
    ORDER BY last_activity_at, id LIMIT :most FOR UPDATE SKIP LOCKED
""")
_PICTURES = text("""
    DELETE FROM attachments WHERE ticket_id = ANY(:tickets) OR rating_id = ANY(:ratings)
    RETURNING id, store_id
""")
_OF_TICKETS = (
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
_RATINGS = text("DELETE FROM ratings WHERE id = ANY(:ratings)")
_QUESTIONS = text("DELETE FROM questions WHERE id = ANY(:questions)")


def _closed_tickets(session: Session, before: datetime) -> int:
    """Tickets with all that hangs on them; what the ledger says of their units stays, without a word."""
    rows = session.execute(_CLOSED, {"before": before, "most": TICKETS}).all()
    if not rows:
        return 0
    tickets = [row.id for row in rows]
    ratings = [row.rating_id for row in rows if row.rating_id]
    pictures = session.execute(_PICTURES, {"tickets": tickets, "ratings": ratings}).all()
    for statement in _OF_TICKETS:
        session.execute(text(statement), {"tickets": tickets})
    session.execute(_RATINGS, {"ratings": ratings})
    session.execute(_QUESTIONS, {"questions": [row.question_id for row in rows if row.question_id]})
    # Their objects follow by the job that removes those of expired uploads.
    publish(session, [AttachmentExpired(attachment_id=id, store_id=store) for id, store in pictures])
    return len(rows)


RETENTION_RULES: tuple[RetentionRule, ...] = (
    RetentionRule("closed_tickets", lambda config: config.retention_closed_tickets_days, _closed_tickets),
    RetentionRule(
        "notifications",
        lambda config: config.retention_notifications_days,
        _by_id("notifications", "updated_at < :before"),
    ),
    RetentionRule(
        "emails",
        lambda config: config.retention_deliveries_days,
        _by_id("email_deliveries", "ended_at < :before"),
    ),
    RetentionRule(
        "skips",
        lambda config: config.retention_deliveries_days,
        _by_id("notification_skips", "created_at < :before"),
    ),
    RetentionRule("webhook_calls", lambda config: config.retention_deliveries_days, _webhook_calls),
    RetentionRule("dead_jobs", lambda config: config.retention_dead_jobs_days, _dead_jobs),
    RetentionRule("audit", lambda config: config.retention_audit_days, _audit),
)


def _rows(session: Session, statement: object, **values: object) -> int:
    done = session.execute(statement, values)  # type: ignore[call-overload] # always a text() with these names
    return int(done.rowcount)
