"""A job is a row, written in the transaction that makes its event true."""

from uuid import uuid4

import pytest

from shared.db.transactions import transaction
from shared.messaging import events
from shared.messaging.events import RatingParked, RatingUnitRequested
from shared.messaging.outbox.publish import publish
from shared.messaging.routes import ROUTES


def recorded() -> RatingUnitRequested:
    return RatingUnitRequested(store_id=uuid4(), subject_id=uuid4(), actor_id=uuid4(), correlation_id="abc-1")


def test_an_event_is_a_row_that_says_all_a_consumer_needs(db):
    event = recorded()
    with transaction() as session:
        publish(session, [event])
    [row] = db.all("SELECT consumer, event, payload, store_id, claims, attempts, starts, dead_at FROM outbox")
    assert (row.consumer, row.event, row.store_id) == ("quota.check", "rating.recorded", event.store_id)
    assert row.payload["subject_id"] == str(event.subject_id)
    assert row.payload["correlation_id"] == "abc-1"
    assert (row.claims, row.attempts, row.starts, row.dead_at) == (0, 0, 0, None)


def test_a_row_is_due_at_once(db):
    with transaction() as session:
        publish(session, [recorded()])
    assert db.count("outbox", "available_at <= now()") == 1


def test_each_consumer_of_an_event_has_a_row_of_its_own(db, monkeypatch: pytest.MonkeyPatch):
    both = {"quota.check", "notifier.fan_out"}
    monkeypatch.setattr("shared.messaging.outbox.publish.consumers_of", lambda kind: sorted(both))
    with transaction() as session:
        publish(session, [recorded(), recorded()])
    rows = db.all("SELECT consumer, count(*) AS rows FROM outbox GROUP BY consumer")
    assert {row.consumer: row.rows for row in rows} == dict.fromkeys(both, 2)


def test_what_is_rolled_back_was_never_published(db):
    def fail_after_publishing() -> None:
        with transaction() as session:
            publish(session, [recorded()])
            raise LookupError("the work failed")

    with pytest.raises(LookupError):
        fail_after_publishing()
    assert db.count("outbox") == 0


def test_events_of_several_kinds_go_to_their_own_consumers(db):
    parked = RatingParked(
        store_id=uuid4(), rating_id=uuid4(), question_id=uuid4(), reason="quota_exhausted", actor_id=uuid4()
    )
    with transaction() as session:
        publish(session, [recorded(), parked, recorded()])
    rows = db.all("SELECT consumer, event FROM outbox ORDER BY id")
    assert [tuple(row) for row in rows] == [
        ("quota.check", "rating.recorded"),
        ("notifier.fan_out", "rating.parked"),
        ("quota.check", "rating.recorded"),
    ]


def test_publishing_no_event_writes_nothing(db):
    with transaction() as session:
        publish(session, [])
    assert db.count("outbox") == 0


def test_every_consumer_of_the_table_gets_its_row(db):
    """The rows of one event are those the routing table names, no more and no fewer."""
    with transaction() as session:
        publish(session, [recorded()])
    expected = sorted(route.consumer for route in ROUTES if route.event is events.RatingUnitRequested)
    assert db.column("SELECT consumer FROM outbox ORDER BY consumer") == expected
