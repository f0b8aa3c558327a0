"""A database that an earlier release made and filled becomes this release's, and work goes on in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from alembic import command
from flask import Flask
from sqlalchemy import make_url

from shared.db import migrations
from tests.support.clients.command_line import done
from tests.support.clients.http import Client
from tests.support.configured import configured
from tests.support.factories.database import Database
from tests.support.processes import databases
from tests.support.processes.engine_host import Place
from tests.support.schema import described

DUMP = Path(__file__).with_name("release_0020.sql")


def load(url: str) -> None:
    """Run what pg_dump wrote, in one transaction."""
    # As the server knows it; SQLAlchemy's URL names the driver too.
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        connection.execute(DUMP.read_bytes())


@pytest.fixture
def upgraded(engines: Place) -> Iterator[str]:
    """The release's database after this release's migrations."""
    name = f"release_{uuid4().hex}"
    databases.copy_template(engines.database_url, "template0", name)
    url = databases.url_of(engines.database_url, name)
    try:
        load(url)
        migrations.upgrade(url)
        with configured(database_url=url):
            yield url
    finally:
        databases.drop(engines.database_url, name)


@pytest.fixture
def there(upgraded: str) -> Database:
    """What that database holds."""
    return Database(upgraded)


def member(app: Flask, there: Database, table: str, condition: str) -> Client:
    """An administrator of the store that has such a row."""
    person = there.one(
        "SELECT id FROM people WHERE 'administrador' = ANY(roles) AND active AND store_id ="
        f" (SELECT store_id FROM {table} WHERE {condition} LIMIT 1) LIMIT 1"
    )
    return Client(app, UUID(str(person)))


def test_the_dump_holds_rows_of_every_table_of_its_release():
    dump = DUMP.read_text(encoding="utf-8")
    tables = set(re.findall(r"(?m)^CREATE TABLE public\.(\w+)", dump))
    assert len(tables) > 30
    assert set(re.findall(r"(?m)^INSERT INTO public\.(\w+)", dump)) == tables


def test_it_becomes_what_migrations_make_of_an_empty_database(upgraded: str, database_url: str):
    assert described(upgraded) == described(database_url)


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("columns", "ALTER TABLE tickets ADD COLUMN tone text"),
        ("constraints", "ALTER TABLE tickets DROP CONSTRAINT ck_tickets_kind"),
        ("functions", "ALTER FUNCTION index_tickets(uuid[]) RESET enable_seqscan"),
        ("rights on functions", "GRANT EXECUTE ON FUNCTION index_tickets(uuid[]) TO PUBLIC"),
        ("triggers", "ALTER TABLE audit_log DISABLE TRIGGER append_only"),
        ("policies", "ALTER POLICY tenant ON audit_log USING (true)"),
    ],
)
def test_a_planted_difference_is_seen(there: Database, upgraded: str, kind: str, statement: str):
    before = described(upgraded)
    there.execute(statement)
    assert {name for name, text in described(upgraded).items() if text != before[name]} == {kind}


def test_it_is_what_the_models_say(upgraded: str):
    command.check(migrations.config(upgraded))


def test_its_tickets_are_listed_found_and_read(app: Flask, there: Database):
    admin = member(app, there, "tickets", "status = 'in_progress'")
    listed = admin.walk("/v1/tickets")
    assert {ticket["status"] for ticket in listed} >= {"open", "in_progress", "answered", "closed", "parked"}
    found = admin.walk("/v1/tickets", q="buscadores")
    assert 0 < len(found) < len(listed)
    thread = admin.read(f"/v1/tickets/{found[0]['id']}/messages")["items"]
    assert any("buscador" in message["body"] for message in thread)
    assert admin.walk("/v1/notifications")
    assert [hook["url"] for hook in admin.read("/v1/webhooks")["items"]] == [
        "https://hooks.example.com/botmeni"
    ]


def test_its_tickets_go_on(app: Flask, there: Database):
    admin = member(app, there, "tickets", "status = 'in_progress'")
    ticket = there.one("SELECT id FROM tickets WHERE status = 'in_progress'")
    answer = admin.post(f"/v1/tickets/{ticket}/messages", {"body": "¿Hay novedades del ornitorrinco?"})
    assert answer.status_code == 201, answer.text
    assert [row["id"] for row in admin.walk("/v1/tickets", q="ornitorrincos")] == [str(ticket)]


def test_jobs_that_waited_are_done_and_the_dead_one_is_tried_again(there: Database):
    # Later than the others: it asks for settings, which pytest makes after it has read this file.
    from tests.support.clients import jobs  # noqa: PLC0415 - not before the settings are made

    assert there.count("tickets", "status = 'pending'") == 1
    assert there.count("ratings", "outcome = 'pending'") == 2
    jobs.work("quota.check")
    jobs.work("tickets.open")
    assert there.count("tickets", "status = 'pending'") == 0
    assert there.count("ratings", "outcome = 'pending'") == 1

    assert done("jobs", "requeue", "--dead", "--yes")["moved"] == 1
    jobs.work("quota.check")
    jobs.work("tickets.open")
    assert there.count("ratings", "outcome = 'pending'") == 0
    assert there.count("audit_log", "action = 'jobs.requeue'") == 1
