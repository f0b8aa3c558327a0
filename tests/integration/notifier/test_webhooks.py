"""Webhooks from the event to the receiver: signed, tried again, given up, disabled, tested, sent again."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from standardwebhooks import WebhookVerificationError

from services.notifier.dispatch import deliver
from services.notifier.webhooks.sending import RETRY_DELAYS
from shared.db.transactions import transaction
from shared.messaging.events import DeliveryDue
from shared.messaging.outbox.publish import publish
from tests.integration.notifier.calling import attempts, make, outcome, time_passes, webhooks_on
from tests.integration.notifier.scenes import Scene
from tests.support.jobs import drain, work
from tests.support.receiver import Receiver


def test_an_event_arrives_signed(scene: Scene, receiver: Receiver):
    webhook = make(scene, receiver)
    reply = scene.reply(scene.support)
    drain()
    [got] = receiver.received
    body = got.verified(webhook["secret"])
    assert body["type"] == "ticket.support_replied"
    assert body["data"] == {
        "store_id": str(scene.shop.id),
        "ticket_id": str(scene.ticket),
        "number": 1,
        "actor_id": str(scene.support),
        "message_id": reply["id"],
    }
    assert got.headers["webhook-id"] == str(scene.world.one("SELECT id FROM webhook_deliveries"))
    assert got.headers["content-type"] == "application/json"
    assert outcome(scene) == ("sent", None, 1)
    with pytest.raises(WebhookVerificationError):
        got.verified("whsec_c29tZWJvZHkgZWxzZQ==")


def test_only_the_events_chosen_are_sent(scene: Scene, receiver: Receiver):
    make(scene, receiver, events=["ticket.reopened"])
    scene.reply(scene.support)
    scene.act(scene.support, "close")
    scene.act(scene.shop.manager, "reopen")
    drain()
    assert [json.loads(got.body)["type"] for got in receiver.received] == ["ticket.reopened"]


def test_every_endpoint_of_the_store_gets_it_and_no_other_store_s(scene: Scene, receiver: Receiver):
    make(scene, receiver)
    make(scene, receiver)
    other = scene.world.shop()
    scene.sign_in(other.admin).post("/v1/webhooks", {"url": receiver.url, "events": ["ticket.closed"]})
    scene.act(scene.support, "close")
    drain()
    assert len(receiver.received) == 2
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 2


def test_a_note_of_support_s_is_sent_to_nobody(scene: Scene, receiver: Receiver):
    make(scene, receiver)
    scene.reply(scene.support, "No se lo digan.", internal=True)
    drain()
    assert receiver.received == []


def test_a_failed_call_is_made_again_under_the_same_id(scene: Scene, receiver: Receiver):
    webhook = make(scene, receiver)
    receiver.status = 500
    scene.reply(scene.support)
    drain()
    assert outcome(scene) == ("waiting", None, 1)
    receiver.status = 200
    time_passes(scene)
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert first.verified(webhook["secret"]) == second.verified(webhook["secret"])
    assert outcome(scene) == ("sent", None, 2)
    assert attempts(scene) == [(500, None), (200, None)]


def test_the_next_try_is_in_about_five_seconds_and_the_last_about_a_day_later(
    scene: Scene, receiver: Receiver
):
    make(scene, receiver)
    receiver.status = 503
    scene.reply(scene.support)
    drain()
    wait = scene.world.one("SELECT extract(epoch FROM due_at - now()) FROM webhook_deliveries")
    assert 3 < wait < 6
    assert timedelta(hours=24) < sum(RETRY_DELAYS, timedelta()) < timedelta(hours=30)


def test_tries_end_after_the_schedule(scene: Scene, receiver: Receiver):
    make(scene, receiver)
    receiver.status = 500
    scene.reply(scene.support)
    drain()
    for _ in range(len(RETRY_DELAYS) + 2):
        time_passes(scene)
    assert outcome(scene) == ("failed", "gave_up", len(RETRY_DELAYS) + 1)
    assert len(receiver.received) == len(RETRY_DELAYS) + 1


@pytest.mark.parametrize(
    ("trouble", "status", "error"),
    [
        ({"silent": True}, None, "no complete answer within 2 s"),
        ({"drips": True}, None, "no complete answer within 2 s"),
        ({"status": 302, "headers": {"location": "http://127.0.0.1:1/"}}, 302, None),
        ({"status": 404}, 404, None),
    ],
)
def test_trouble_is_written_down_and_tried_again(
    scene: Scene, receiver: Receiver, trouble: dict[str, object], status: int | None, error: str | None
):
    make(scene, receiver)
    for name, value in trouble.items():
        setattr(receiver, name, value)
    scene.reply(scene.support)
    drain()
    assert attempts(scene) == [(status, error)]
    assert outcome(scene) == ("waiting", None, 1)


def test_a_huge_answer_is_taken_and_kept_to_its_first_kilobyte(scene: Scene, receiver: Receiver):
    make(scene, receiver)
    receiver.endless = True
    scene.reply(scene.support)
    drain()
    assert outcome(scene) == ("sent", None, 1)
    assert scene.world.column("SELECT length(response) FROM webhook_attempts") == [1024]


def test_answers_no_text_can_hold_are_kept_readable(scene: Scene, receiver: Receiver):
    make(scene, receiver)
    receiver.body = b"a\x00b\xff"
    scene.reply(scene.support)
    drain()
    assert scene.world.column("SELECT response FROM webhook_attempts") == ["ab\N{REPLACEMENT CHARACTER}"]


def test_one_hanging_receiver_holds_up_no_other(scene: Scene, receiver: Receiver):
    make(scene, receiver)
    with webhooks_on() as dead:
        dead.silent = True
        make(scene, dead)
        scene.reply(scene.support)
        drain()
        assert len(receiver.received) == len(dead.received) == 1
    outcomes = scene.world.column("SELECT outcome FROM webhook_deliveries ORDER BY outcome")
    assert outcomes == ["sent", "waiting"]


def test_a_failing_endpoint_is_called_by_one_delivery_at_a_time(scene: Scene, receiver: Receiver):
    make(scene, receiver)
    receiver.status = 500
    scene.reply(scene.support)
    drain()
    for _ in range(4):
        scene.reply(scene.support)
    before = len(receiver.received)
    drain()
    assert len(receiver.received) == before + 1
    receiver.status = 200
    for _ in range(6):
        time_passes(scene)
    assert set(scene.world.column("SELECT outcome FROM webhook_deliveries")) == {"sent"}
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 5


def test_gone_disables_the_endpoint_and_tells_the_administrators(scene: Scene, receiver: Receiver):
    webhook = make(scene, receiver)
    receiver.status = 410
    scene.reply(scene.support)
    drain()
    assert outcome(scene) == ("failed", "gone", 1)
    shown = scene.client(scene.shop.admin).read(f"/v1/webhooks/{webhook['id']}")
    assert (shown["active"], shown["disabled_reason"]) == (False, "gone")
    assert ("webhook.disabled", 1) in scene.told(scene.shop.admin)
    assert ("webhook.disabled", 1) not in scene.told(scene.shop.manager)
    line = scene.client(scene.shop.admin).read("/v1/notifications")["items"][0]["text"]
    assert receiver.url in line
    scene.act(scene.support, "close")
    drain()
    assert len(receiver.received) == 1


def test_failing_for_days_disables_the_endpoint_and_drops_what_waits(scene: Scene, receiver: Receiver):
    make(scene, receiver)
    receiver.status = 500
    scene.reply(scene.support)
    drain()
    time_passes(scene, days=4)
    assert scene.world.one("SELECT active FROM webhook_endpoints")
    scene.reply(scene.support)
    time_passes(scene, days=1)
    assert not scene.world.one("SELECT active FROM webhook_endpoints")
    assert scene.world.one("SELECT disabled_reason FROM webhook_endpoints") == "failing"
    assert scene.told(scene.shop.admin).count(("webhook.disabled", 1)) == 1
    called = len(receiver.received)
    time_passes(scene)
    time_passes(scene)
    assert len(receiver.received) == called
    assert set(scene.world.column("SELECT reason FROM webhook_deliveries")) == {"endpoint_disabled"}


def test_one_success_ends_the_counting(scene: Scene, receiver: Receiver):
    make(scene, receiver)
    receiver.status = 500
    scene.reply(scene.support)
    drain()
    receiver.status = 200
    time_passes(scene, days=4)
    assert scene.world.one("SELECT failing_since FROM webhook_endpoints") is None


def fanned_out(scene: Scene, receiver: Receiver) -> UUID:
    """The delivery of a reply's webhook, not called yet."""
    make(scene, receiver)
    scene.reply(scene.support)
    work("notifier.fan_out")
    return UUID(str(scene.world.one("SELECT id FROM webhook_deliveries")))


def test_a_worker_that_dies_before_calling_loses_nothing(scene: Scene, receiver: Receiver):
    delivery = fanned_out(scene, receiver)
    with transaction() as session:
        assert deliver(session, [job(scene, delivery)]) is not None
    drain()
    assert receiver.received == []
    time_passes(scene)
    assert [got.headers["webhook-id"] for got in receiver.received] == [str(delivery)]


def test_a_job_that_comes_twice_calls_once(scene: Scene, receiver: Receiver):
    delivery = fanned_out(scene, receiver)
    with transaction() as session:
        publish(session, [job(scene, delivery)] * 3)
    drain()
    time_passes(scene)
    assert len(receiver.received) == 1


def job(scene: Scene, delivery_id: UUID) -> DeliveryDue:
    return DeliveryDue(store_id=scene.shop.id, channel="webhook", delivery_id=delivery_id)
