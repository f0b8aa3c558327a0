"""A row is handled once, whoever gets it and however often."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.messaging.outbox.batch import process_batch
from tests.integration.messaging.outbox.conftest import CONSUMER, pass_on

WAIT = 30


def test_the_work_is_done_and_the_row_is_gone(published, effects, left):
    process_batch(CONSUMER, pass_on, published(3))
    assert (effects(), left()) == (3, [])


def test_of_two_messages_for_a_row_the_second_changes_nothing(published, effects):
    ids = published(3)
    process_batch(CONSUMER, pass_on, ids)
    process_batch(CONSUMER, pass_on, ids)
    assert effects() == 3


def test_a_message_without_rows_does_not_even_call_the_consumer(published):
    called: list[int] = []
    process_batch(CONSUMER, lambda session, events: called.append(len(events)), [10**9, 10**9 + 1])
    assert called == []


def test_rows_of_another_consumer_are_left_alone(published, effects, left):
    ids = published(2)
    process_batch("tickets.open", pass_on, ids)
    assert (effects(), left()) == (0, ids)


def test_events_come_in_the_order_they_were_written(published, db):
    ids = published(5)
    written = db.column("SELECT payload ->> 'subject_id' FROM outbox ORDER BY id")
    seen: list[str] = []
    process_batch(CONSUMER, lambda session, events: seen.extend(str(e.subject_id) for e in events), ids[::-1])
    assert seen == written


def test_work_and_removal_are_one_transaction(published, left, effects):
    """What a consumer wrote before it failed is gone, and its row is still there."""
    ids = published(1)

    def write_and_fail(session, events):
        pass_on(session, events)
        session.flush()
        raise RuntimeError("after writing")

    process_batch(CONSUMER, write_and_fail, ids)
    assert (effects(), left()) == (0, ids)


def test_a_worker_passes_over_the_rows_another_is_busy_with(published, effects, left):
    ids = published(4)
    busy, may_end = threading.Event(), threading.Event()

    def slowly(session, events):
        pass_on(session, events)
        busy.set()
        assert may_end.wait(WAIT)

    first = threading.Thread(target=process_batch, args=(CONSUMER, slowly, ids[:2]))
    first.start()
    try:
        assert busy.wait(WAIT)
        process_batch(CONSUMER, pass_on, ids)  # returns at once, though two of its rows are held
        assert effects() == 2
    finally:
        may_end.set()
        first.join(WAIT)
    assert (effects(), left()) == (4, [])


@pytest.mark.parametrize("size", [1, 7, 200])
def test_many_workers_with_the_same_rows_handle_each_once(published, effects, left, size):
    ids = published(200)
    together = threading.Barrier(4)

    def worker() -> None:
        together.wait(WAIT)
        for start in range(0, len(ids), size):
            process_batch(CONSUMER, pass_on, ids[start : start + size])

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(worker) for _ in range(4)]:
            done.result(WAIT)
    assert (effects(), left()) == (200, [])


def test_workers_with_opposite_orders_do_not_block_each_other(
    published, effects: Callable[[], int], left: Callable[[], list[int]]
):
    ids = published(100)
    together = threading.Barrier(2)

    def worker(order: list[int]) -> None:
        together.wait(WAIT)
        for start in range(0, len(order), 10):
            process_batch(CONSUMER, pass_on, order[start : start + 10])

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(worker, ids), pool.submit(worker, ids[::-1])]:
            done.result(WAIT)
    assert (effects(), left()) == (100, [])
