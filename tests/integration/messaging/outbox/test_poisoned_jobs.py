"""A job that kills its worker leaves no error behind: it is found by how often it was dispatched."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.batch import MAX_SOLO_ATTEMPTS, SUSPECT_DISPATCH_COUNT, process_batch
from tests.integration.messaging.outbox.conftest import CONSUMER, pass_on
from tests.support.factories.database import Database


class WorkerDied(BaseException):
    """The end of a process, as a transaction sees it: nothing after it runs, nothing is recorded."""


def die(session: Session, events: Sequence[RatingUnitRequested]) -> None:
    raise WorkerDied


def dispatch(db: Database, ids: list[int], times: int) -> None:
    db.execute("UPDATE outbox SET claims = :times WHERE id = ANY(:ids)", times=times, ids=ids)


def test_the_start_of_a_suspect_is_on_record_before_its_work_begins(db, published):
    [row_id] = published(1)
    dispatch(db, [row_id], SUSPECT_DISPATCH_COUNT)
    seen = []

    def look(session: Session, events: Sequence[RatingUnitRequested]) -> None:
        # Seen from outside: in this transaction the row is already deleted.
        seen.append(db.all("SELECT starts, last_error FROM outbox WHERE id = :id", id=row_id)[0])

    process_batch(CONSUMER, look, [row_id])
    assert [tuple(found) for found in seen] == [(1, "begun, and its worker did not come back")]


def test_a_suspect_that_ends_well_is_done(db, published, effects, left):
    [row_id] = published(1)
    dispatch(db, [row_id], SUSPECT_DISPATCH_COUNT)
    process_batch(CONSUMER, pass_on, [row_id])
    assert (effects(), left()) == (1, [])


def test_an_innocent_row_is_not_counted(db, published):
    [row_id] = published(1)
    dispatch(db, [row_id], SUSPECT_DISPATCH_COUNT - 1)
    with pytest.raises(WorkerDied):
        process_batch(CONSUMER, die, [row_id])
    assert db.column("SELECT starts FROM outbox") == [0]


def test_a_suspect_that_takes_its_worker_down_each_time_dies_and_the_next_worker_lives(
    db, published, effects
):
    [row_id] = published(1)
    dispatch(db, [row_id], SUSPECT_DISPATCH_COUNT)
    for start in range(MAX_SOLO_ATTEMPTS):
        with pytest.raises(WorkerDied):
            process_batch(CONSUMER, die, [row_id])
        assert db.all("SELECT starts, dead_at FROM outbox") == [(start + 1, None)]
    process_batch(CONSUMER, die, [row_id])  # is not begun again
    [dead] = db.all("SELECT * FROM outbox WHERE id = :id", id=row_id)
    assert dead.dead_at is not None
    assert dead.last_error == "given up: its worker died each time it was begun"
    assert effects() == 0


def test_a_suspect_that_fails_with_an_error_is_no_suspect_any_more(db, published):
    [row_id] = published(1)
    dispatch(db, [row_id], SUSPECT_DISPATCH_COUNT)
    with pytest.raises(WorkerDied):
        process_batch(CONSUMER, die, [row_id])

    def fail(session: Session, events: Sequence[RatingUnitRequested]) -> None:
        raise LookupError("an ordinary failure")

    process_batch(CONSUMER, fail, [row_id])
    [failed] = db.all("SELECT * FROM outbox")
    assert (failed.starts, failed.attempts, failed.dead_at) == (0, 1, None)
    assert failed.last_error == "LookupError: an ordinary failure"
