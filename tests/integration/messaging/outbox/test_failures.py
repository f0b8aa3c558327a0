"""What fails is split off, waits longer each time, and ends dead with words an operator can read."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.batch import PermanentError, process_batch
from tests.integration.messaging.outbox.conftest import CONSUMER, pass_on
from tests.support.configured import configured
from tests.support.factories.database import Database

Row = Any


def row(db: Database, row_id: int) -> Row:
    [found] = db.all("SELECT * FROM outbox WHERE id = :id", id=row_id)
    return found


def failing(*subjects: str, error: Exception | None = None):
    """A consumer that cannot bear the events of `subjects`; of all, where none are named."""

    def consume(session: Session, events: Sequence[RatingUnitRequested]) -> None:
        if not subjects or any(str(event.subject_id) in subjects for event in events):
            raise error or LookupError("no such thing")
        pass_on(session, events)

    return consume


def subject(db: Database, row_id: int) -> str:
    return str(row(db, row_id).payload["subject_id"])


@pytest.mark.parametrize("bad", [[0], [6], [3], [0, 6], [2, 3]])
def test_a_bad_event_does_not_hold_up_its_neighbours(db, published, effects, left, bad):
    ids = published(7)
    bad_ids = [ids[index] for index in bad]
    process_batch(CONSUMER, failing(*(subject(db, row_id) for row_id in bad_ids)), ids)
    assert (effects(), left()) == (7 - len(bad), bad_ids)
    assert [row(db, row_id).attempts for row_id in bad_ids] == [1] * len(bad)


def test_a_failure_is_written_on_its_row_and_the_row_comes_back(db, published):
    [row_id] = published(1)
    process_batch(CONSUMER, failing(), [row_id])
    failed = row(db, row_id)
    assert (failed.attempts, failed.last_error, failed.dead_at) == (1, "LookupError: no such thing", None)
    process_batch(CONSUMER, pass_on, [row_id])
    assert db.count("outbox", "id = :id", id=row_id) == 0


def test_each_wait_is_twice_the_one_before_up_to_the_longest_and_the_last_failure_is_the_end(db, published):
    [row_id] = published(1)
    with configured(outbox_max_attempts=6, outbox_backoff_seconds=10, outbox_backoff_max_seconds=100):
        for expected in (10, 20, 40, 80, 100):
            before = db.one("SELECT now()")
            process_batch(CONSUMER, failing(), [row_id])
            after = db.one("SELECT now()")
            failed = row(db, row_id)
            assert failed.dead_at is None
            # Spread by half: jobs that failed together do not come back together.
            assert (failed.available_at - before).total_seconds() >= expected * 0.5
            assert (failed.available_at - after).total_seconds() <= expected * 1.5
        process_batch(CONSUMER, failing(), [row_id])
    dead = row(db, row_id)
    assert (dead.attempts, dead.last_error) == (6, "LookupError: no such thing")
    assert dead.dead_at is not None


def test_the_dead_are_not_handled_again(db, published, effects):
    [row_id] = published(1)
    db.execute("UPDATE outbox SET dead_at = now()")
    process_batch(CONSUMER, pass_on, [row_id])
    assert effects() == 0
    assert db.count("outbox") == 1


def test_waits_of_jobs_that_failed_together_differ(db, published):
    ids = published(8)
    process_batch(CONSUMER, failing(), ids)
    assert db.one("SELECT count(DISTINCT round(extract(epoch FROM available_at), 2)) FROM outbox") > 1


def test_what_cannot_be_helped_by_trying_again_is_dead_at_once_in_its_own_words(db, published, effects):
    ids = published(3)
    error = PermanentError("store_id: no such store")
    process_batch(CONSUMER, failing(subject(db, ids[1]), error=error), ids)
    dead = row(db, ids[1])
    assert (dead.attempts, dead.last_error) == (1, "store_id: no such store")
    assert dead.dead_at is not None
    assert effects() == 2


def test_an_event_no_release_knows_is_dead_and_names_the_known_ones(db, published, effects):
    ids = published(3)
    db.execute("UPDATE outbox SET event = 'rating.vanished' WHERE id = :id", id=ids[1])
    process_batch(CONSUMER, pass_on, ids)
    dead = row(db, ids[1])
    assert dead.dead_at is not None
    assert dead.last_error.startswith("unknown event 'rating.vanished'; known: ")
    assert "rating.recorded" in dead.last_error
    assert effects() == 2


def test_a_payload_nobody_can_read_is_dead_and_says_what_is_wrong_with_it(db, published, effects):
    ids = published(3)
    db.execute("""UPDATE outbox SET payload = '{"store_id": 5}' WHERE id = :id""", id=ids[1])
    process_batch(CONSUMER, pass_on, ids)
    dead = row(db, ids[1])
    assert dead.dead_at is not None
    assert dead.last_error.startswith("rating.recorded cannot be read: ")
    assert "store_id" in dead.last_error
    assert effects() == 2


def test_a_broken_statement_fails_its_own_event_only(db, published, effects):
    ids = published(4)
    bad = subject(db, ids[2])

    def break_on_one(session: Session, events: Sequence[RatingUnitRequested]) -> None:
        pass_on(session, events)
        if any(str(event.subject_id) == bad for event in events):
            session.execute(text("SELECT 1 / 0"))

    process_batch(CONSUMER, break_on_one, ids)
    assert effects() == 3
    assert "DivisionByZero" in row(db, ids[2]).last_error


def test_a_long_complaint_is_cut_and_an_unprintable_one_still_recorded(db, published):
    first, second = published(2)
    process_batch(CONSUMER, failing(error=ValueError("x" * 10_000)), [first])
    process_batch(CONSUMER, failing(error=ValueError("zero\x00byte, half \ud83d of a letter")), [second])
    assert len(row(db, first).last_error) == 2000
    assert row(db, second).attempts == 1
    assert "zero" in row(db, second).last_error


def test_while_the_database_is_away_nothing_is_held_against_the_job(db, published, effects):
    """The worker's connection is cut in mid-work, as by a restart of the server."""
    [row_id] = published(1)

    def lose_the_connection(session: Session, events: Sequence[RatingUnitRequested]) -> None:
        pass_on(session, events)
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    process_batch(CONSUMER, lose_the_connection, [row_id])
    untouched = row(db, row_id)
    assert (untouched.attempts, untouched.last_error, untouched.dead_at) == (0, None, None)
    assert effects() == 0
    process_batch(CONSUMER, pass_on, [row_id])
    assert effects() == 1


def test_a_worker_that_finds_no_database_at_all_takes_it_calmly(db, published, effects):
    [row_id] = published(1)
    with configured(database_url="postgresql+psycopg://postgres@/none?host=/nowhere"):
        process_batch(CONSUMER, pass_on, [row_id])
    assert row(db, row_id).attempts == 0
    process_batch(CONSUMER, pass_on, [row_id])
    assert effects() == 1
