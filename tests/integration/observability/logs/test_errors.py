"""What PostgreSQL quotes of people's words is stored neither on jobs nor in logs."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from shared.db.transactions import transaction
from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.batch import process_batch
from shared.messaging.outbox.publish import publish
from tests.support.factories.database import Database

SECRET = "ana@tienda.example"
CONSUMER = "quota.check"

STATEMENTS = {
    "unique": (
        "INSERT INTO refused_addresses SELECT :secret, '', now() FROM generate_series(1, 2)",
        ["23505", "pk_refused_addresses", "duplicate key value"],
    ),
    "not null": (
        "INSERT INTO refused_addresses (address, refused_at) VALUES (:secret, now())",
        ["23502", "response"],
    ),
    "no number": ("SELECT CAST(:secret AS int)", ["22P02", "InvalidTextRepresentation"]),
    "no date": ("SELECT CAST(:secret AS timestamptz)", ["22007", "InvalidDatetimeFormat"]),
    "no json": ("SELECT CAST(:secret AS jsonb)", ["22P02"]),
    "nested": (
        "SELECT a FROM json_to_record(json_build_object('a', CAST(:secret AS text))) AS r (a int)",
        ["22P02"],
    ),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statements_values_are_not_in_its_error(db: Database, name: str):
    statement, expected = STATEMENTS[name]
    with pytest.raises(DBAPIError) as caught, transaction() as session:
        session.execute(text(statement), {"secret": SECRET})
    message = f"{caught.value} {caught.value.orig}"
    assert SECRET not in message
    assert [word for word in expected if word not in message] == []


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_failed_job_keeps_no_words(db: Database, name: str, capfd: pytest.CaptureFixture[str]):
    statement, expected = STATEMENTS[name]

    def stumble(session: Session, _events: Sequence[RatingUnitRequested]) -> None:
        session.execute(text(statement), {"secret": SECRET})

    with transaction() as session:
        publish(session, [RatingUnitRequested(store_id=uuid4(), subject_id=uuid4(), actor_id=uuid4())])
    ids = db.column("SELECT id FROM outbox")
    process_batch(CONSUMER, stumble, ids)
    [error] = db.column("SELECT last_error FROM outbox")
    logged = capfd.readouterr().err
    assert expected[0] in error
    assert expected[0] in logged
    assert "job_failed" in logged
    assert SECRET not in error + logged


def test_an_absent_database_is_still_distinguished(db: Database):
    with pytest.raises(DBAPIError) as caught, transaction() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert "AdminShutdown" in str(caught.value) or "terminat" in str(caught.value)
