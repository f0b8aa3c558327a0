"""What is older than the settings allow is forgotten, in batches; what is younger, or for ever, stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from services.privacy import retention_rules
from services.privacy.consumers import delete_expired_data
from services.privacy.retention import delete_expired
from shared.clock import now
from tests.support.clients import jobs
from tests.support.clients.command_line import done
from tests.support.configured import configured
from tests.support.factories.database import Database
from tests.support.factories.filled_store import Filled
from tests.support.fakes.object_storage import keys

ALL = ("closed_tickets", "notifications", "deliveries", "dead_jobs", "audit")
TABLES = (
    "tickets", "messages", "timeline", "ratings", "questions", "attachments", "notifications",
    "email_deliveries", "notification_skips", "webhook_deliveries", "webhook_attempts", "audit_log", "outbox",
)  # fmt: skip


@pytest.fixture
def days() -> Iterator[Any]:
    """Everything is stored for ever, but for what a test says."""
    with configured(**{f"retention_{name}_days": 0 for name in ALL}):
        yield lambda **given: configured(**{f"retention_{name}_days": value for name, value in given.items()})


def counted(db: Database) -> dict[str, int]:
    return {table: db.count(table) for table in TABLES}


def test_for_ever_is_for_ever(db: Database, filled: tuple[Filled, Filled], days: Any):
    before = counted(db)
    assert delete_expired(now() + timedelta(days=36_500)) == {}
    assert counted(db) == before


def test_closed_tickets_go_with_all_that_hangs_on_them(
    db: Database, filled: tuple[Filled, Filled], days: Any
):
    closed = db.all("SELECT id, rating_id, question_id FROM tickets WHERE status = 'closed'")
    assert len(closed) == 2
    before, pictures = counted(db), keys()
    units = db.all("SELECT used, unit_limit FROM quota_periods ORDER BY id")
    with days(closed_tickets=30):
        assert delete_expired(now() + timedelta(days=29)) == {}
        assert delete_expired(now() + timedelta(days=31)) == {"closed_tickets": 2}
    jobs.drain()
    for ticket in closed:
        for table in ("messages", "timeline", "notifications", "ticket_reads", "ticket_documents"):
            assert db.count(table, "ticket_id = :id", id=ticket.id) == 0
        assert db.count("ratings", "id = :id", id=ticket.rating_id) == 0
        assert db.count("questions", "id = :id", id=ticket.question_id) == 0
    after = counted(db)
    assert after["tickets"] == before["tickets"] - 2
    assert after["outbox"] == 0
    assert after["audit_log"] == before["audit_log"]
    # Nobody's unit comes back because its ticket is forgotten, and no number is given twice.
    assert db.all("SELECT used, unit_limit FROM quota_periods ORDER BY id") == units
    deleted = {str(key) for key in pictures - keys()}
    assert len(deleted) == 2 * (before["attachments"] - after["attachments"])


def test_pictures_of_a_forgotten_ticket_leave_the_storage(
    db: Database, filled: tuple[Filled, Filled], days: Any
):
    mine, _ = filled
    ticket = db.one(
        "SELECT ticket_id FROM attachments WHERE ticket_id IS NOT NULL AND store_id = :id LIMIT 1",
        id=mine.shop.id,
    )
    theirs = db.column("SELECT id FROM attachments WHERE ticket_id = :id", id=ticket)
    db.execute("UPDATE tickets SET status = 'closed', closed_at = now() WHERE id = :id", id=ticket)
    assert {f"full/{id}.webp" for id in theirs} < keys()
    with days(closed_tickets=1):
        delete_expired(now() + timedelta(days=2))
    jobs.drain()
    assert not [key for key in keys() for id in theirs if str(id) in key]
    assert keys() != set()


@pytest.mark.parametrize(
    ("name", "table", "rest"),
    [
        ("notifications", "notifications", 0),
        ("deliveries", "email_deliveries", 0),
        ("deliveries", "notification_skips", 0),
        ("deliveries", "webhook_deliveries", 0),
        ("deliveries", "webhook_attempts", 0),
        ("dead_jobs", "outbox", 1),
        ("audit", "audit_log", 0),
    ],
)
def test_each_setting_is_about_its_tables(
    db: Database, filled: tuple[Filled, Filled], days: Any, name: str, table: str, rest: int
):
    mine, _ = filled
    done("quota", "grant", mine.shop.id, 1, "--key", "a", "--yes")
    db.execute(
        "INSERT INTO outbox (consumer, event, payload, dead_at) VALUES ('quota.refund', 'x', '{}', now()),"
        " ('quota.refund', 'x', '{}', NULL)"
    )
    before = counted(db)
    assert before[table] > rest
    with days(**{name: 10}):
        assert delete_expired(now() + timedelta(days=9)) == {}
        delete_expired(now() + timedelta(days=11))
    after = counted(db)
    assert after[table] == rest
    log = {"email_deliveries", "notification_skips", "webhook_deliveries", "webhook_attempts"}
    changed = {each for each in TABLES if after[each] != before[each]}
    assert changed == (log if name == "deliveries" else {table})


def test_what_is_not_sent_yet_is_not_forgotten(db: Database, filled: tuple[Filled, Filled], days: Any):
    db.execute("UPDATE email_deliveries SET outcome = 'waiting', ended_at = NULL")
    with days(deliveries=1):
        delete_expired(now() + timedelta(days=100))
    assert db.count("email_deliveries") == 2


def test_many_are_forgotten_batch_by_batch(db: Database, days: Any, monkeypatch: pytest.MonkeyPatch):
    shop = db.shop()
    db.execute(
        "INSERT INTO notifications (id, person_id, store_id, event, count, detail, created_at, updated_at)"
        " SELECT new_uuid(), :person, :store, 'ticket.opened', 1, '{}', now(), now()"
        " FROM generate_series(1, :many)",
        person=shop.admin, store=shop.id, many=2 * retention_rules.BATCH_ROWS + 1,
    )  # fmt: skip
    later = now() + timedelta(days=2)
    with days(notifications=1):
        assert delete_expired(later, max_seconds=0) == {}
        assert delete_expired(later) == {"notifications": 2 * retention_rules.BATCH_ROWS + 1}


def test_beat_has_it_done(db: Database, database_url: str, days: Any):
    db.execute(
        "INSERT INTO outbox (consumer, event, payload, dead_at)"
        " VALUES ('quota.refund', 'x', '{}', now() - interval '9 days')"
    )
    with days(dead_jobs=7):
        delete_expired_data()
    assert db.count("outbox") == 0
