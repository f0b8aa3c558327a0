"""Other services' subscriptions: rows of the outbox that the relay sends and deletes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import redis

from shared.config import settings
from shared.db.transactions import transaction
from shared.messaging import events
from shared.messaging.celery_app import app as celery
from shared.messaging.events import Event
from shared.messaging.outbox.forwarding import Forwarder
from shared.messaging.outbox.publish import publish
from shared.messaging.outbox.relay import Relay
from shared.messaging.public_events import PUBLIC_EVENTS
from shared.messaging.subscriptions import SubscriptionError, check, parse
from tests.integration.messaging.broker.raw_messages import body_of, push, taken
from tests.support.clients.jobs import work
from tests.support.configured import configured

SUBSCRIPTIONS = "ticket.closed=analytics, ticket.closed=crm, ticket.opened=analytics"

pytestmark = pytest.mark.usefixtures("redis_url")


@pytest.fixture(autouse=True)
def _subscribed() -> Iterator[None]:
    with configured(subscriptions=SUBSCRIPTIONS):
        yield


def closed(**values: Any) -> events.TicketClosed:
    known: dict[str, Any] = {"store_id": uuid4(), "ticket_id": uuid4(), "number": 7, "actor_id": uuid4()}
    return events.TicketClosed(
        **{**known, "cause": "stale_data", "resolution": "Se corrigió la ficha.", **values}
    )


def publish_events(*published: Event) -> None:
    with transaction() as session:
        publish(session, published)


def waiting(db: Any, queue: str) -> int:
    return int(db.count("outbox", "consumer = :name", name=f"external.{queue}"))


def test_each_subscriber_gets_the_event_once_and_its_row_is_gone(db, redis_url):
    event = closed(correlation_id="follow-this-one")
    publish_events(event)
    moment = db.one("SELECT now()")
    assert (waiting(db, "analytics"), waiting(db, "crm")) == (1, 1)
    assert Forwarder(celery).forward() == 2
    assert Forwarder(celery).forward() == 0
    [element] = taken(redis_url, "analytics")
    [[message], named, _] = body_of(element)
    assert (element["headers"]["task"], element["headers"]["id"]) == ("ticket.closed", message["id"])
    assert element["headers"]["argsrepr"] == f"({message['id']})"
    assert named == {}
    occurred_at = message.pop("occurred_at")
    assert 0 <= (moment - datetime.fromisoformat(occurred_at)).total_seconds() < 60
    assert UUID(message["id"]).version == 7
    assert message == {
        "version": 1,
        "id": message["id"],
        "event": "ticket.closed",
        "store_id": str(event.store_id),
        "correlation_id": "follow-this-one",
        "data": {
            "ticket_id": str(event.ticket_id),
            "number": 7,
            "actor_id": str(event.actor_id),
            "cause": "stale_data",
            "resolution": "Se corrigió la ficha.",
        },
    }
    [[same], *_] = body_of(taken(redis_url, "crm")[0])
    assert same["id"] == message["id"]
    assert db.count("outbox", "consumer LIKE 'external.%'") == 0


def test_what_nobody_subscribed_to_makes_no_row(db):
    publish_events(events.TicketReopened(store_id=uuid4(), ticket_id=uuid4(), number=1, actor_id=uuid4()))
    assert db.count("outbox", "consumer LIKE 'external.%'") == 0


def test_a_subscriber_that_never_reads_fills_no_redis_and_holds_nobody_up(db, redis_url):
    publish_events(*(closed() for _ in range(30)))
    with configured(subscriptions=SUBSCRIPTIONS, subscription_queue_depth=10):
        forwarder = Forwarder(celery)
        assert forwarder.forward() == 20
        assert forwarder.forward() == 0
        assert (waiting(db, "analytics"), waiting(db, "crm")) == (20, 20)
        assert db.column("SELECT DISTINCT claims FROM outbox WHERE consumer LIKE 'external.%'") == [0]
        assert len(taken(redis_url, "crm")) == 10
        assert Forwarder(celery).forward() == 10
        assert (waiting(db, "analytics"), waiting(db, "crm")) == (20, 10)
        # Own consumers are woken all the same.
        assert Relay().dispatch() == 30


def test_a_name_taken_by_something_else_holds_nobody_up(db, redis_url):
    with redis.Redis.from_url(redis_url) as client:
        client.set("analytics", "no list")
    publish_events(closed())
    assert Forwarder(celery).forward() == 1
    assert (waiting(db, "analytics"), waiting(db, "crm")) == (1, 0)
    with redis.Redis.from_url(redis_url) as client:
        client.delete("analytics")
    assert Forwarder(celery).forward() == 1


def test_a_row_whose_relay_died_is_sent_again_under_the_same_id(db, redis_url):
    """Redis had the message, and the relay ended before it could delete the row."""
    publish_events(closed())
    [row] = db.all("SELECT * FROM outbox WHERE consumer = 'external.crm'")
    assert Forwarder(celery).forward() == 2
    db.execute(
        "INSERT INTO outbox (consumer, event, payload, claims) VALUES (:consumer, :event, :payload, 1)",
        consumer=row.consumer,
        event=row.event,
        payload=json.dumps(row.payload),
    )
    assert Forwarder(celery).forward() == 1
    sent = [body_of(element)[0][0] for element in taken(redis_url, "crm")]
    assert sent[0] == sent[1]
    assert sent[0]["id"] == row.payload["id"]


def test_with_redis_away_rows_wait(db, unreachable):
    publish_events(closed())
    with pytest.raises(Exception, match="refused"):
        Forwarder(unreachable).forward()
    assert (waiting(db, "analytics"), waiting(db, "crm")) == (1, 1)
    assert Forwarder(celery).forward() == 2


def test_what_a_subscriber_gets_and_the_relays_log_name_the_request(db, redis_url, sign_in, capfd):
    """From the HTTP request, by way of quota and ticket, to the element of the subscriber's list."""
    shop = db.shop()
    path = f"/v1/questions/{db.question(shop)}/rating"
    headers = {"X-Request-ID": "follow-this-one"}
    sign_in(shop.seller).call("PUT", path, json={"verdict": "incorrect"}, headers=headers)
    work("quota.check")
    work("tickets.open")
    assert Forwarder(celery).forward() == 1
    [[message], *_] = body_of(taken(redis_url, "analytics")[0])
    assert (message["event"], message["correlation_id"]) == ("ticket.opened", "follow-this-one")
    [logged] = [line for line in capfd.readouterr().err.splitlines() if "messages_forwarded" in line]
    assert "external.analytics" in logged
    assert "follow-this-one" in logged


def test_a_message_written_before_it_named_its_request_is_sent_as_it_is(db, redis_url):
    publish_events(closed())
    db.execute("UPDATE outbox SET payload = payload - 'correlation_id' WHERE consumer = 'external.crm'")
    Forwarder(celery).forward()
    assert "correlation_id" not in body_of(taken(redis_url, "crm")[0])[0][0]


def test_a_later_release_sends_what_was_written_before(db, redis_url):
    """The message is settled when the event happens."""
    publish_events(closed())
    db.execute("UPDATE outbox SET payload = payload || '{\"old\": true}' WHERE consumer LIKE 'external.%'")
    Forwarder(celery).forward()
    assert body_of(taken(redis_url, "crm")[0])[0][0]["old"] is True


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("ticket.closed", "'ticket.closed' is no subscription: expected event=queue."),
        (
            "ticket.assigned=crm",
            "'ticket.assigned' is no event to subscribe to; known: quota.threshold_reached,",
        ),
        ("=crm", "'' is no event to subscribe to"),
        ("ticket.closed=", "'' is no name of a queue: expected a small letter"),
        ("ticket.closed=Crm", "'Crm' is no name of a queue"),
        ("ticket.closed=_kombu.binding", "is no name of a queue"),
        ("ticket.closed=quota", "'quota' is not for subscribers, as are: inbound, quota,"),
        ("ticket.closed=unacked_index", "is not for subscribers"),
        ("ticket.closed=crm, ticket.closed = crm", "ticket.closed=crm stands twice."),
    ],
)
def test_a_wrong_setting_stops_the_start_and_says_what_was_expected(setting, said):
    with pytest.raises(SubscriptionError) as refused:
        parse(setting)
    assert said in str(refused.value)
    with (
        pytest.raises(settings.InvalidSettings, match="SUBSCRIPTIONS: "),
        configured(subscriptions=setting),
    ):
        check()


def test_nothing_of_supports_own_can_be_subscribed_to():
    outside = {kind.name for kind in PUBLIC_EVENTS}
    assert outside & {"ticket.assigned", "webhook.disabled", "delivery.due", "quota.refund_due"} == set()
    assert len(parse(", ".join(f"{name}=crm" for name in outside))) == len(outside) == 10


def test_what_is_there_already_stays_the_oldest(db, redis_url):
    push(redis_url, {"first": True}, queue="crm")
    publish_events(closed())
    Forwarder(celery).forward()
    elements: Sequence[Any] = taken(redis_url, "crm")
    assert [element.get("first") for element in elements] == [True, None]
