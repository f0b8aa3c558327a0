"""What a consumer returns is called once its transaction is committed, and only then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.db.transactions import transaction
from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.batch import process_batch
from shared.messaging.outbox.publish import publish
from tests.integration.messaging.outbox.conftest import CONSUMER, Publish
from tests.support.factories.database import Database


def test_it_is_called_after_the_commit(published: Publish, db: Database):
    seen: list[int] = []

    def consume(session: Session, events: Sequence[Any]) -> Callable[[], None]:
        session.execute(text("INSERT INTO heartbeats (queue, beaten_at) VALUES ('test', now())"))
        return lambda: seen.append(db.count("heartbeats"))

    process_batch(CONSUMER, consume, published(2))
    assert seen == [1]


def test_a_transaction_that_fails_calls_nothing(published: Publish, db: Database):
    seen: list[int] = []

    def consume(session: Session, events: Sequence[Any]) -> Callable[[], None]:
        # Deferred, so that only the commit finds out.
        session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        session.execute(text("INSERT INTO planted_child VALUES (1)"))
        return lambda: seen.append(1)

    db.execute("CREATE TABLE planted_parent (id int PRIMARY KEY)")
    db.execute("CREATE TABLE planted_child (id int REFERENCES planted_parent DEFERRABLE INITIALLY DEFERRED)")
    try:
        process_batch(CONSUMER, consume, published(1))
    finally:
        db.execute("DROP TABLE planted_child, planted_parent")
    assert seen == []
    assert db.column("SELECT attempts FROM outbox") == [1]


def test_what_it_does_wrong_is_seen_and_takes_back_nothing(published: Publish, db: Database):
    def consume(session: Session, events: Sequence[Any]) -> Callable[[], None]:
        return fail

    with pytest.raises(RuntimeError, match="the outside world"):
        process_batch(CONSUMER, consume, published(1))
    assert db.count("outbox") == 0


def fail() -> None:
    raise RuntimeError("the outside world")


def test_a_job_published_for_later_is_not_due_yet(db: Database):
    event = RatingUnitRequested(store_id=uuid4(), subject_id=uuid4(), actor_id=uuid4())
    with transaction() as session:
        publish(session, [event], delay=timedelta(minutes=5))
        publish(session, [event])
    waits = db.column("SELECT round(extract(epoch FROM available_at - created_at) / 60) FROM outbox")
    assert sorted(waits) == [0, 5]
