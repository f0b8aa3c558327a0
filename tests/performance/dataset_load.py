"""Writing a dataset into an empty, migrated database: rows by COPY, then indexes and documents at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tests.performance.dataset import COLUMNS, Dataset, batches

_LARGE = (
    *("questions", "ratings", "tickets", "messages", "ticket_reads", "ticket_documents"),
    *("timeline", "quota_ledger", "notifications"),
)
_DOCUMENTS_AT_ONCE = 5_000
_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname LIKE 'ix\\_%%'
"""
# What quota and notifications store of every ticket: its unit, in a past period, and who was notified.
_PAST = """
    INSERT INTO quota_periods (id, store_id, starts_at, ends_at, unit_limit, used, announced_percent)
    SELECT uuidv7(), store_id, min(created_at), max(created_at) + interval '1 second', NULL, count(*), 0
    FROM tickets GROUP BY store_id;
    INSERT INTO quota_ledger (id, store_id, period_id, kind, units, subject_id, created_at)
    SELECT uuidv7(t.created_at - now()), t.store_id, p.id, 'consume', 1, coalesce(t.rating_id, t.id),
        t.created_at
    FROM tickets t JOIN quota_periods p USING (store_id);
    INSERT INTO timeline (id, ticket_id, store_id, kind, actor_id, detail, created_at)
    SELECT uuidv7(created_at - now()), id, store_id, 'opened', opened_by, '{}', created_at FROM tickets;
    INSERT INTO notifications
        (id, person_id, store_id, ticket_id, event, count, detail, created_at, updated_at, read_at)
    SELECT uuidv7(t.created_at - now()), p.id, t.store_id, t.id, 'ticket.opened', 1, '{}', t.created_at,
        t.created_at, t.closed_at
    FROM tickets t CROSS JOIN people p WHERE p.store_id IS NULL
"""


def write(connection: psycopg.Connection, dataset: Dataset, *, past: bool = False) -> None:
    """Write `dataset`, then vacuum and analyze; constraints are taken on trust, they cost more than the rows.

    `past`: also what it left behind in tables no list reads: ledger, timeline, notifications.
    """
    connection.execute("SET session_replication_role = replica")
    with _without_indexes(connection):
        for table, columns, rows in batches(dataset.chunks()):
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
            with connection.cursor() as cursor, cursor.copy(statement) as copying:
                for row in rows:
                    copying.write_row(row)
        for insert in _PAST.split(";") if past else ():
            connection.execute(insert.encode())
        _index_words(connection)
    connection.execute("SET session_replication_role = origin")
    connection.execute("VACUUM (ANALYZE)")
    connection.execute("CHECKPOINT")


@contextmanager
def _without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Take plain indexes away meanwhile: made at the end, they are made ten times as fast."""
    definitions = connection.execute(_INDEXES, [list(_LARGE)]).fetchall()
    for name, _ in definitions:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    connection.execute("SET maintenance_work_mem = '256MB'")
    for _, definition in definitions:
        connection.execute(definition)
    connection.execute("RESET maintenance_work_mem")


def _index_words(connection: psycopg.Connection) -> None:
    ids = [row[0] for row in connection.execute("SELECT id FROM tickets ORDER BY id")]
    for start in range(0, len(ids), _DOCUMENTS_AT_ONCE):
        connection.execute("SELECT index_tickets(%s)", [ids[start : start + _DOCUMENTS_AT_ONCE]])


def sizes(connection: psycopg.Connection) -> dict[str, int]:
    """Rows by table."""
    counts = {}
    for table in COLUMNS:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        counts[table] = row[0] if row else 0
    return counts
