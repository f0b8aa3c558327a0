"""Each table is written by one owner; who needs a change of it calls the owner or publishes an event."""

import pytest

from tests.architecture.names import Project, project_of
from tests.architecture.source_tree import files, read
from tests.architecture.table_writers import TABLES, Write, writes
from tests.architecture.written_sql import UNKNOWN

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

WRITE_WHAT_CALLERS_NAME = ("shared/db/bulk_insert.py", "shared/messaging/outbox/unit_of_work.py")
"""The two ways to insert rows of any table. Their callers name the table, and are read themselves."""

SOURCES = {
    str(path): read(path)
    for path in files(".py", under=("deploy", "services", "shared"))
    if not str(path).startswith(WRITES_EVERYTHING)
}


def breaches(path: str, found: list[Write]) -> list[str]:
    """What a file writes that belongs to another owner, or whose table the reader cannot tell."""
    own = set().union(*(tables for prefix, tables in OWNERS.items() if prefix and path.startswith(prefix)))
    if path in WRITE_WHAT_CALLERS_NAME:
        own.add(UNKNOWN)
    return [f"{path}:{line}: {table or '?'} ({how})" for line, table, how in found if table not in own]


def test_every_table_has_one_owner():
    owned = [table for tables in OWNERS.values() for table in tables]
    assert sorted(owned) == sorted(TABLES)


def test_only_the_owner_writes_a_table():
    project = project_of(SOURCES)
    found = {path: list(writes(source, project)) for path, source in SOURCES.items()}
    assert [line for path, some in found.items() for line in breaches(path, some)] == []
    written = {write.table for some in found.values() for write in some}
    assert written - {UNKNOWN} == set(TABLES) - OWNERS[""]
    unknown = {path for path, some in found.items() for write in some if write.table == UNKNOWN}
    assert unknown == set(WRITE_WHAT_CALLERS_NAME)


PROJECT = Project(returns={"lock": "Ticket", "begin": "Session"}, constants={"TICKETS": "tickets"})

PLANTED = {
    "tickets": [
        'text("UPDATE tickets SET status = 1")',
        'text("WITH x AS (DELETE FROM tickets RETURNING id) SELECT")',
        'text("update tickets set status = 1; delete from  people")',
        'text("UPDATE ONLY tickets SET status = 1")',
        'text("UPDATE /* all */ tickets SET status = 1 -- of a store")',
        'text("INSERT INTO public.tickets SELECT")',
        """text('DELETE FROM ONLY "public"."tickets"')""",
        'text("MERGE INTO tickets USING people ON true WHEN MATCHED THEN DELETE")',
        'text("TRUNCATE tickets")',
        'text("truncate table only people, tickets CASCADE")',
        'copy("COPY tickets (id, number) FROM STDIN")',
        'text(f"UPDATE {Ticket.__tablename__} SET status = {value}")',
        'TABLE = "tickets"\ntext(f"UPDATE {TABLE} SET status = 1")',
        'text(f"UPDATE {TICKETS} SET status = 1")',
        'text("UPDATE " + TICKETS + " SET status = 1")',
        "insert(Ticket).values(row)",
        "insert(models.Ticket).values(row)",
        "postgresql.insert(models.Ticket)",
        "session.execute(update(Ticket))",
        "Ticket.__table__.delete()",
        'metadata.tables["tickets"].update()',
        'delete(table("tickets"))',
        "session.query(Ticket).filter(x).delete()",
        "insert_rows(session, Ticket, rows)",
        "insert_rows(session, models.Ticket, rows)",
        "insert_rows(session, rows=rows, model=Ticket)",
        "insert_together(session, [(Ticket, rows)])",
        "work.insert(Ticket, rows)",
        "session.bulk_insert_mappings(Ticket, rows)",
        "def f(ticket: Ticket | None):\n    ticket.status = 1",
        "def f(ticket: models.Ticket):\n    del ticket.cause",
        "async def f(ticket: Ticket):\n    ticket.status = 1",
        "async def f():\n    ticket = await lock(1)\n    ticket.status = 1",
        "def f(tickets: Sequence[Ticket]):\n    for one in tickets:\n        one.version += 1",
        "def f(tickets: list[Ticket]):\n    tickets[0].status = 1",
        "def f():\n    found = lock(1)\n    found.status, (found.cause, *rest) = 1, 2",
        "def f():\n    if found := lock(1):\n        found.status = 1",
        "def f(ticket: Ticket):\n    def g():\n        ticket.status = 1",
        "def f(ticket: Ticket):\n    session.delete(ticket)",
        "def f():\n    with begin() as opened:\n        opened.delete(lock(1))",
        "def f(ticket: Ticket):\n    setattr(ticket, name, 1)",
        "def f(ticket: Ticket):\n    setattr(ticket, 'status', 1)",
        "def f(ticket: Ticket):\n    ticket.__setattr__(name, 1)",
    ],
    "ticket_documents": ['text("SELECT index_tickets(:ids)")', 'text("perform INDEX_TICKETS (ids)")'],
    UNKNOWN: [
        'text(f"DELETE FROM {name} WHERE true")',
        'text(f"UPDATE public.{name} SET x = 1")',
        'text(f"UPDATE tick{rest} SET x = 1")',
        'text("TRUNCATE {}".format(name))',
        'text("INSERT INTO %s SELECT" % name)',
        'text("DELETE FROM " + name)',
        'text(" ".join(["DELETE FROM ", name]))',
        "session.add(ticket)",
        "session.delete(ticket)",
        "insert(model).values(row)",
        "sa.delete(model)",
        "postgresql.insert(model)",
        "metadata.tables[name].update()",
        "session.query(model).delete()",
        "insert_rows(session, model, rows)",
        "insert_rows(session, rows=rows, model=model)",
        "insert_together(session, [*others])",
        "insert_together(session, others)",
        "work.insert(model, rows)",
        "def f(rest: UnitOfWork):\n    rest.insert(model, rows)",
        "def f(opened: Session):\n    opened.delete(ticket)",
        "def f(unknown):\n    unknown.status = 1",
        "def f(unknown):\n    self.unknown.status = 1",
        "setattr(unknown, name, 1)",
        "setattr(unknown, 'status', 1)",
    ],
}


@pytest.mark.parametrize(
    ("table", "source"), [(table, source) for table, sources in PLANTED.items() for source in sources]
)
def test_a_planted_write_is_found(table: str, source: str):
    found = list(writes(source, PROJECT))
    assert table in {write.table for write in found}
    assert breaches("services/notifier/planted.py", found)


@pytest.mark.parametrize(
    "source",
    [
        'text("SELECT 1 FROM tickets FOR UPDATE OF tickets ON CONFLICT DO UPDATE SET x = 1")',
        'text("SELECT 1 FROM tickets FOR NO KEY UPDATE")',
        'text(f"SELECT 1 FROM tickets FOR UPDATE {skip}")',
        'text("CREATE TRIGGER t AFTER INSERT OR UPDATE ON tickets")',
        'text("COPY tickets TO STDOUT")',
        'text("SELECT 1 -- no UPDATE tickets")',
        '"""Update tickets."""',
        "digest.update(piece)",
        "rules.delete(session, caller)",
        "def insert(session, rows): ...\ninsert(session, rows)",
        "def f(ticket: Ticket):\n    return ticket.status == 1",
        "setattr(view, 'takes_locations', 1)",
        "self.status = 1",
    ],
)
def test_reading_and_locking_are_no_writes(source: str):
    assert list(writes(source, PROJECT)) == []
