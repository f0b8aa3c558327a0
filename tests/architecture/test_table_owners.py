"""Each table is written by one owner; who needs a change of it calls the owner or publishes an event."""

import pytest

from tests.architecture.source_tree import files, read
from tests.architecture.table_writers import TABLES, Write, models_returned, writes

OWNERS = {
    "services/ticket_api/accounts/": {"people", "stores"},
    "services/ticket_api/questions/": {"questions"},
    "services/ticket_api/ratings/": {"rating_messages", "ratings"},
    "services/ticket_api/tickets/": {
        "messages",
        "ticket_counters",
        "ticket_documents",
        "tickets",
        "timeline",
    },
    "services/ticket_api/conversation/": {"ticket_reads"},
    "services/ticket_api/support/": {"canned_replies"},
    "services/ticket_api/attachments/": {"attachments"},
    "services/quota/": {"quota_ledger", "quota_periods"},
    "services/notifier/": {
        "email_deliveries",
        "notification_preferences",
        "notification_skips",
        "notifications",
        "refused_addresses",
        "webhook_attempts",
        "webhook_deliveries",
        "webhook_endpoints",
        "webhook_secrets",
    },
    "shared/db/": {"audit_log"},
    "shared/http/idempotency/": {"idempotency_keys"},
    "shared/messaging/outbox/": {"heartbeats", "outbox"},
    # Nobody at run time: migrations and whoever sets a system up.
    "": {"causes", "plans"},
}

WRITES_EVERYTHING = ("services/privacy/", "shared/db/migrations/", "deploy/local/demo/load.py")
"""Erasing and retention reach into every table; migrations and the first demo rows precede all services."""

SOURCES = {
    str(path): read(path)
    for path in files(".py", under=("deploy", "services", "shared"))
    if not str(path).startswith(WRITES_EVERYTHING)
}


def breaches(path: str, found: list[Write]) -> list[str]:
    """What a file writes that belongs to another owner, or that the reader cannot name."""
    own = set().union(*(tables for prefix, tables in OWNERS.items() if prefix and path.startswith(prefix)))
    return [f"{path}:{line}: {table or '?'} ({how})" for line, table, how in found if table not in own]


def test_every_table_has_one_owner():
    owned = [table for tables in OWNERS.values() for table in tables]
    assert sorted(owned) == sorted(TABLES)


def test_only_the_owner_writes_a_table():
    returns = models_returned(SOURCES)
    found = {path: list(writes(source, returns)) for path, source in SOURCES.items()}
    assert [line for path, some in found.items() for line in breaches(path, some)] == []
    written = {write.table for some in found.values() for write in some}
    assert written == set(TABLES) - OWNERS[""]


@pytest.mark.parametrize(
    "source",
    [
        'text("UPDATE tickets SET status = 1")',
        'text("WITH x AS (DELETE FROM tickets RETURNING id) SELECT")',
        'text("SELECT index_tickets(:ids)")',
        "insert(Ticket).values(row)",
        "session.execute(update(Ticket))",
        "insert_rows(session, Ticket, rows)",
        "work.insert(Ticket, rows)",
        "session.add(ticket)",
        "def f(ticket: Ticket | None):\n    ticket.status = 1",
        "def f(tickets: Sequence[Ticket]):\n    for one in tickets:\n        one.version += 1",
        "def f():\n    found = lock(1)\n    found.status, found.cause = 1, 2",
        "def f(unknown):\n    unknown.status = 1",
    ],
)
def test_a_planted_write_is_found(source: str):
    found = list(writes(source, {"lock": "Ticket"}))
    assert breaches("services/notifier/planted.py", found)


def test_reading_and_locking_are_no_writes():
    source = 'text("SELECT 1 FROM tickets FOR UPDATE OF tickets ON CONFLICT DO UPDATE SET x = 1")'
    assert list(writes(source, {})) == []
