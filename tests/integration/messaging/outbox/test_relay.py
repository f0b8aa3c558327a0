"""The relay leases what is due and wakes its consumers; it never claims what another holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from kombu.exceptions import OperationalError as BrokerError
from sqlalchemy import text

from shared.messaging.celery_app import app as celery
from shared.messaging.outbox.batch import SUSPECT_DISPATCH_COUNT
from shared.messaging.outbox.leasing import lease, release
from shared.messaging.outbox.relay import Relay
from shared.messaging.routes import Queue
from tests.integration.messaging.outbox.conftest import CONSUMER
from tests.support.configured import configured
from tests.support.processes import databases
from tests.support.waiting import until

Sent = list[tuple[str, list[int]]]

pytestmark = pytest.mark.usefixtures("redis_url")


@pytest.fixture
def sent() -> Callable[[], Sent]:
    """Takes the messages out of a queue, as (task, ids)."""

    def take(queue: Queue = Queue.QUOTA) -> Sent:
        with celery.connection_for_read() as connection:
            channel: Any = connection.default_channel  # its stubs know less than every transport can
            found = []
            while message := channel.basic_get(queue.value, no_ack=True):
                [arguments, _, _] = message.decode()
                found.append((message.headers["task"], arguments[0]))
            return found

    return take


def fill(queue: Queue, count: int) -> None:
    for _ in range(count):
        celery.send_task("outbox.heartbeat", args=(queue.value,), queue=queue.value)


def test_what_is_due_goes_out_in_one_message_and_stays_leased(db, published, sent):
    ids = published(3)
    before = db.one("SELECT now()")
    with configured(outbox_lease_seconds=30):
        assert Relay().dispatch() == 3
    assert sent() == [(CONSUMER, ids)]
    for row in db.all("SELECT claims, available_at FROM outbox"):
        assert row.claims == 1
        assert (row.available_at - before).total_seconds() >= 30


def test_a_leased_row_is_not_dispatched_again_before_the_lease_ends(published, sent):
    published(3)
    Relay().dispatch()
    sent()
    assert Relay().dispatch() == 0
    assert sent() == []


def test_once_the_lease_ended_the_row_is_dispatched_again(db, published, sent):
    ids = published(3)
    Relay().dispatch()
    db.execute("UPDATE outbox SET available_at = now()")
    assert Relay().dispatch() == 3
    assert sent() == [(CONSUMER, ids), (CONSUMER, ids)]
    assert db.column("SELECT claims FROM outbox") == [2, 2, 2]


def test_rows_that_wait_for_their_time_and_the_dead_stay(db, published, sent):
    due, later, dead = published(3)
    db.execute("UPDATE outbox SET available_at = now() + interval '1 hour' WHERE id = :id", id=later)
    db.execute("UPDATE outbox SET dead_at = now() WHERE id = :id", id=dead)
    assert Relay().dispatch() == 1
    assert sent() == [(CONSUMER, [due])]


def test_many_rows_go_out_in_messages_of_bounded_size(published, sent):
    ids = published(10)
    with configured(outbox_batch_size=4):
        Relay().dispatch()
    assert sent() == [(CONSUMER, ids[:4]), (CONSUMER, ids[4:8]), (CONSUMER, ids[8:])]


@pytest.mark.parametrize("counted", ["when it was empty", "with rows"])
def test_one_round_takes_no_more_than_the_queues_should_hold(published, sent, db, monkeypatch, counted):
    """However PostgreSQL goes about it, which depends on what it takes the table for."""
    monkeypatch.setattr("shared.messaging.outbox.relay.DEPTH_MAX_AGE_SECONDS", 0)
    db.execute("ANALYZE outbox")
    ids = published(10)
    if counted == "with rows":
        db.execute("ANALYZE outbox")
    with configured(outbox_batch_size=2, outbox_queue_depth=3):
        relay = Relay()
        assert relay.dispatch() == 6
        assert sent() == [(CONSUMER, ids[0:2]), (CONSUMER, ids[2:4]), (CONSUMER, ids[4:6])]
        assert relay.dispatch() == 4


def test_consumers_get_messages_of_their_own_on_their_own_queues(db, published, sent):
    ids = published(4)
    db.execute("UPDATE outbox SET consumer = 'tickets.open' WHERE id = ANY(:ids)", ids=ids[:2])
    Relay().dispatch()
    assert sent(Queue.TICKETS) == [("tickets.open", ids[:2])]
    assert sent(Queue.QUOTA) == [(CONSUMER, ids[2:])]


def test_a_suspect_travels_alone(db, published, sent):
    ids = published(3)
    db.execute("UPDATE outbox SET claims = :n WHERE id = :id", n=SUSPECT_DISPATCH_COUNT - 1, id=ids[1])
    Relay().dispatch()
    assert sorted(sent()) == sorted([(CONSUMER, [ids[1]]), (CONSUMER, [ids[0], ids[2]])])


def test_a_deep_queue_gets_nothing_and_its_rows_are_not_claimed(db, published, sent):
    published(5)
    fill(Queue.QUOTA, 3)
    with configured(outbox_queue_depth=3):
        assert Relay().dispatch() == 0
    assert db.column("SELECT DISTINCT claims FROM outbox") == [0]
    assert len(sent()) == 3


def test_a_deep_queue_does_not_hold_up_the_others(db, published, sent):
    ids = published(4)
    db.execute("UPDATE outbox SET consumer = 'tickets.open' WHERE id = ANY(:ids)", ids=ids[:2])
    fill(Queue.QUOTA, 3)
    with configured(outbox_queue_depth=3):
        assert Relay().dispatch() == 2
    assert sent(Queue.TICKETS) == [("tickets.open", ids[:2])]


def test_once_a_deep_queue_is_worked_off_its_rows_go_out(published, sent):
    ids = published(2)
    fill(Queue.QUOTA, 3)
    with configured(outbox_queue_depth=3):
        assert Relay().dispatch() == 0
        sent()
        assert Relay().dispatch() == 2
    assert sent() == [(CONSUMER, ids)]


def test_what_redis_refused_is_given_back_at_once(db, published, unreachable, sent):
    ids = published(3)
    relay = Relay(unreachable)
    # Redis went away just after the queues were measured.
    relay.depths = dict.fromkeys(Queue, 0)
    relay.measured_at = float("inf")
    with pytest.raises((BrokerError, OSError)):
        relay.dispatch()
    assert [tuple(row) for row in db.all("SELECT claims, available_at <= now() FROM outbox")] == [
        (0, True)
    ] * 3
    assert Relay().dispatch() == 3
    assert sent() == [(CONSUMER, ids)]


def test_what_was_put_back_or_given_up_meanwhile_is_not_given_back(db, published):
    requeued, dead, leased = published(3)
    lease({CONSUMER: 3})
    db.execute("UPDATE outbox SET claims = 0 WHERE id = :id", id=requeued)
    db.execute("UPDATE outbox SET dead_at = now() WHERE id = :id", id=dead)
    release([requeued, dead, leased])
    rows = db.all("SELECT id, claims, available_at <= now() FROM outbox ORDER BY id")
    assert [tuple(row) for row in rows] == [(requeued, 0, False), (dead, 1, False), (leased, 0, True)]


def test_with_redis_away_nothing_is_claimed(db, published, unreachable):
    published(3)
    with pytest.raises((BrokerError, OSError)):
        Relay(unreachable).dispatch()
    assert db.column("SELECT DISTINCT claims FROM outbox") == [0]


def test_rows_that_another_relay_is_claiming_are_passed_over(db, published, sent, database_url):
    ids = published(4)
    with databases.connect(database_url).begin() as other:
        other.execute(text("SELECT FROM outbox WHERE id = ANY(:ids) FOR UPDATE"), {"ids": ids[:2]})
        assert Relay().dispatch() == 2
    assert sent() == [(CONSUMER, ids[2:])]


def test_relays_side_by_side_send_each_row_once(db, published, sent):
    ids = published(600)

    def relay_all() -> None:
        relay = Relay()
        while relay.dispatch():
            pass

    with configured(outbox_batch_size=5, outbox_queue_depth=1000), ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(relay_all) for _ in range(4)]:
            done.result(60)
    dispatched = [row_id for _, message_ids in sent() for row_id in message_ids]
    assert sorted(dispatched) == ids
    assert db.column("SELECT DISTINCT claims FROM outbox") == [1]


def test_a_running_relay_dispatches_until_it_is_stopped(db, published, sent):
    relay = Relay()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(relay.run)
        for _ in range(2):
            published(1)
            until(lambda: db.count("outbox", "claims = 0") == 0)
        relay.stop()
        running.result(30)
    assert len(sent()) == 2
