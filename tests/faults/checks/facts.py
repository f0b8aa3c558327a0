"""What is there after a run: the database's rows, the storage's files, e-mails taken, what streams sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from tests.faults.trial.stream_listener import StreamListener
from tests.support.fakes.mail_server import MailServer

Rows = list[Any]

_QUERIES = {
    "people": "SELECT id, store_id, roles, email FROM people WHERE active",
    "ratings": "SELECT id, store_id, question_id, verdict, comment, outcome, rated_by FROM ratings",
    "tickets": "SELECT id, store_id, number, kind, status, rating_id FROM tickets",
    "messages": "SELECT id, ticket_id, author_id, body, from_support, position FROM messages",
    "timeline": "SELECT id, ticket_id, kind, actor_id, detail FROM timeline",
    "periods": "SELECT id, store_id, unit_limit, used, announced_percent FROM quota_periods",
    "ledger": "SELECT period_id, store_id, kind, units, subject_id FROM quota_ledger",
    "notifications": "SELECT id, person_id, store_id, ticket_id, event, count, detail, updated_at"
    " FROM notifications",
    "emails": "SELECT id, person_id, ticket_id, events, outcome, reason FROM email_deliveries",
    "outbox": "SELECT id, consumer, event, dead_at, last_error FROM outbox",
    "attachments": "SELECT id, status, uploaded_by, ticket_id, message_id FROM attachments",
}


@dataclass(slots=True)
class Facts:
    """Rows by table; ids are texts. `mails`: (address, Message-ID) of every e-mail the server took."""

    people: Rows
    ratings: Rows
    tickets: Rows
    messages: Rows
    timeline: Rows
    periods: Rows
    ledger: Rows
    notifications: Rows
    emails: Rows
    outbox: Rows
    attachments: Rows
    objects: set[str]
    mails: list[tuple[str, str]]
    received: dict[str, dict[str, datetime]]
    resynced: set[str]


def read(
    connection: psycopg.Connection[Any],
    objects: Collection[str],
    mail: MailServer,
    listeners: list[StreamListener],
) -> Facts:
    """All facts, as this connection sees them."""
    tables = {}
    for name, query in _QUERIES.items():
        with connection.cursor(row_factory=namedtuple_row) as cursor:
            tables[name] = [_texts(row) for row in cursor.execute(query)]
    mails = [(address, str(message["Message-ID"])) for address, message in mail.behaviour.received]
    return Facts(
        **tables,
        objects=set(objects),
        mails=mails,
        received={listener.person: listener.received for listener in listeners},
        resynced={listener.person for listener in listeners if listener.resyncs},
    )


def _texts(row: Any) -> Any:
    ids = {
        name: str(value)
        for name, value in row._asdict().items()
        if (name == "id" or name.endswith(("_id", "_by"))) and value is not None
    }
    return row._replace(**ids)
