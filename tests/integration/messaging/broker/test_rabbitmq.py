"""The whole way with RabbitMQ as Celery's broker, and Redis only for the live stream's wake-ups."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import redis
import requests
from amqp.basic_message import Message
from celery import Celery
from kombu import Connection
from kombu.transport.pyamqp import Channel

from deploy.local.engines.scratch import scratch_folder
from deploy.local.processes import catalogue as system
from services.notifier.stream.wakeup import CHANNEL
from shared.messaging.routes import Queue
from tests.integration.messaging.broker.raw_messages import question
from tests.support.clients.doctor import findings, wrong
from tests.support.clients.http import token_of
from tests.support.clients.load import rate_all
from tests.support.clients.metrics import value
from tests.support.clients.stream import Listener
from tests.support.configured import configured
from tests.support.factories.database import Database, StoreFixture
from tests.support.processes import rabbitmq
from tests.support.processes.rabbitmq import RabbitServer
from tests.support.processes.running import Processes
from tests.support.processes.servers import serving
from tests.support.waiting import until

pytestmark = pytest.mark.skipif(rabbitmq.command() is None, reason=rabbitmq.ABSENT)

SUBSCRIBER = "analytics"
WAITING = "dead_at IS NULL AND available_at <= now() + interval '1 minute'"


@pytest.fixture(scope="module")
def broker() -> Iterator[RabbitServer]:
    with scratch_folder() as folder, serving(RabbitServer(folder / "rabbitmq")) as server:
        yield server


@pytest.fixture
def channel(broker: RabbitServer) -> Iterator[Channel]:
    """A bare way in; no queue is left over by another test."""
    with Connection(broker.url) as connection:
        opened: Any = connection.default_channel
        for name in (*(queue.value for queue in Queue), SUBSCRIBER):
            opened.queue_delete(name)
        yield opened


@pytest.fixture
def running(processes: Processes, broker: RabbitServer, channel: Channel) -> Processes:
    extra_settings = {"BROKER_URL": broker.url, "SUBSCRIPTIONS": f"ticket.opened={SUBSCRIBER}"}
    processes.start(system.api(), system.stream(), system.relay(), system.worker(beat=True), **extra_settings)
    return processes


def opened(db: Database, shop: StoreFixture) -> int:
    """Tickets that a store has."""
    return int(db.count("tickets", "store_id = :id", id=shop.id))


def test_a_rating_becomes_a_ticket_and_support_is_notified(running, db, channel, redis_url):
    shop, staff = db.shop(), db.support()
    with closing(Listener(running.stream_url, token_of(running.api_url, staff))) as listener:
        until(listener.names)
        rate_all(running.api_url, shop.seller, [db.question(shop)])
        until(listener.notifications)
    assert opened(db, shop) == 1
    until(lambda: not db.count("outbox"))
    delivered: Any = until(lambda: channel.basic_get(SUBSCRIBER, no_ack=True))
    [[message], _, _] = json.loads(delivered.body)
    assert delivered.properties["application_headers"]["task"] == message["event"] == "ticket.opened"
    assert message["store_id"] == str(shop.id)
    assert value(running.environment["RELAY_METRICS_PORT"], "botmeni_broker_up") == 1
    assert not [log for log in running.logs().values() if '"level":"error"' in log]
    with redis.Redis.from_url(redis_url) as client:
        assert client.keys() == []


def test_the_stream_is_woken_by_redis(running, db, redis_url):
    shop = db.shop()
    db.support()
    with redis.Redis.from_url(redis_url) as client, client.pubsub() as hints:
        hints.subscribe(CHANNEL)
        until(lambda: hints.get_message(timeout=1))
        rate_all(running.api_url, shop.seller, [db.question(shop)])
        until(lambda: hints.get_message(timeout=1))


def test_killed_and_started_again_it_loses_nothing(running, db, broker):
    shop = db.shop()
    rate_all(running.api_url, shop.seller, db.questions(shop, 10))
    broker.process.kill()
    rate_all(running.api_url, shop.seller, db.questions(shop, 10))
    until(lambda: "broker_away" in running["relay"].log.read_text(encoding="utf-8"))
    broker.start()
    until(lambda: opened(db, shop) == 20, seconds=90)
    until(lambda: not db.count("outbox", WAITING))


def test_frozen_it_holds_up_no_rating_and_loses_none(running, db, broker):
    """Connections stay open and nothing answers: the half-dead server."""
    shop = db.shop()
    broker.process.pause()
    rate_all(running.api_url, shop.seller, db.questions(shop, 10))
    assert db.count("ratings") == 10
    broker.process.resume()
    until(lambda: opened(db, shop) == 10, seconds=90)


def test_what_another_service_sends_is_checked_as_with_redis(running, db, channel, broker):
    sent = question(db.shop().id)
    with Celery("other", broker=broker.url) as other:
        other.send_task("questions.record", args=[sent], queue="inbound", ignore_result=True)
    plain = {"task": "questions.record", "id": "from-a-bare-client"}
    body = json.dumps([[question(sent["store_id"])], {}, {}])
    for headers, text, said in (
        ({}, "no json", "headers.task: expected the name of a message"),
        ({"task": "questions.record", "id": "1"}, "no json", "body: expected JSON"),
        ({"task": 5, "id": "1"}, "[[1], {}, {}]", "headers.task: '5' is not known"),
        ({"task": "quota.check", "id": "1"}, "[[[1]], {}, {}]", "'quota.check' is not known"),
        ({"task": "celery.backend_cleanup", "id": "1"}, "[[1], {}, {}]", "is not known; expected one of"),
        (plain | {"compression": "zlib"}, body, "not compressed"),
        (plain | {"timelimit": "x", "eta": "soon", "retries": "many"}, body, None),
    ):
        message = channel.prepare_message(text.encode(), headers=headers)
        channel.basic_publish(message, exchange="", routing_key="inbound")
        if said is not None:
            until(lambda: db.count("outbox", "dead_at IS NOT NULL"))
            [error] = db.column("SELECT last_error FROM outbox WHERE dead_at IS NOT NULL")
            assert said in error
            db.execute("DELETE FROM outbox WHERE dead_at IS NOT NULL")
    until(lambda: db.count("questions") == 2)
    assert running["worker"].exit_code is None


def test_properties_that_are_no_texts_end_no_worker(running, db, channel):
    for properties in (
        {"content_type": b"\xe9\xff"},
        {"correlation_id": b"\xff"},
        {"application_headers": {"task": "\ud800", "id": "1"}},
    ):
        channel.basic_publish(Message(b"[[1], {}, {}]", **properties), exchange="", routing_key="inbound")
    until(lambda: db.count("outbox", "dead_at IS NOT NULL") == 3)
    assert running["worker"].exit_code is None


def test_a_subscribers_queue_that_is_something_else_holds_nobody_up(processes, db, broker, channel):
    channel.queue_declare(SUBSCRIBER, durable=False, auto_delete=True)
    extra_settings = {"BROKER_URL": broker.url, "SUBSCRIPTIONS": f"ticket.opened={SUBSCRIBER}"}
    processes.start(system.api(), system.relay(), system.worker(), **extra_settings)
    shop = db.shop()
    rate_all(processes.api_url, shop.seller, db.questions(shop, 3))
    until(lambda: opened(db, shop) == 3)
    until(lambda: "subscriber_queue_unusable" in processes["relay"].log.read_text(encoding="utf-8"))
    assert db.count("outbox", "consumer = 'external.analytics'") == 3
    channel.queue_delete(SUBSCRIBER)
    until(lambda: not db.count("outbox", "consumer = 'external.analytics'"))


def test_flower_sees_the_work(running, db, broker):
    running.start(system.flower(), BROKER_URL=broker.url)
    shop = db.shop()
    rate_all(running.api_url, shop.seller, [db.question(shop)])
    address = f"http://127.0.0.1:{running.environment['FLOWER_PORT']}/api/tasks"
    user, _, password = running.environment["FLOWER_BASIC_AUTH"].partition(":")

    def seen() -> set[str]:
        tasks = requests.get(address, auth=(user, password), timeout=10).json()
        return {task["name"] for task in tasks.values() if task["state"] == "SUCCESS"}

    until(lambda: {"quota.check", "tickets.open"} <= seen())


def test_doctor_looks_at_both(database_url, broker, redis_url):
    with configured(broker_url=broker.url):
        found = findings()
        assert found["RabbitMQ"].state == found["Redis (live stream)"].state == "ok"
        assert found["RabbitMQ"].said.startswith("RabbitMQ ")
    for address in ("amqp://guest:guest@127.0.0.1:1//", "amqp://guest:guest@127.0.0.1:port//"):
        with configured(broker_url=address):
            assert "does not let us in" in wrong("RabbitMQ").said
