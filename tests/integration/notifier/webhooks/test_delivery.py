"""Webhooks from the event to the receiver: signed, tried again, given up, disabled, tested, sent again."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from standardwebhooks import WebhookVerificationError

from services.notifier.deliveries.delivering import deliver
from services.notifier.webhooks.sending import RETRY_DELAYS
from shared.db.transactions import transaction
from shared.messaging.events import DeliveryDue
from shared.messaging.outbox.publish import publish
from tests.integration.notifier.scenario import TicketScenario
from tests.integration.notifier.webhooks.deliveries import attempts, make, outcome, time_passes, webhooks_on
from tests.support.clients.jobs import drain, work
from tests.support.fakes.webhook_receiver import Receiver


def test_an_event_arrives_signed(scenario: TicketScenario, receiver: Receiver):
    webhook = make(scenario, receiver)
    reply = scenario.reply(scenario.support)
    drain()
    [got] = receiver.received
    body = got.verified(webhook["secret"])
    assert body["type"] == "ticket.support_replied"
    assert body["data"] == {
        "store_id": str(scenario.shop.id),
        "ticket_id": str(scenario.ticket),
        "number": 1,
        "actor_id": str(scenario.support),
        "message_id": reply["id"],
    }
    assert got.headers["webhook-id"] == str(scenario.db.one("SELECT id FROM webhook_deliveries"))
    assert got.headers["content-type"] == "application/json"
    assert outcome(scenario) == ("sent", None, 1)
    with pytest.raises(WebhookVerificationError):
        got.verified("whsec_c29tZWJvZHkgZWxzZQ==")


def test_only_the_events_chosen_are_sent(scenario: TicketScenario, receiver: Receiver):
    make(scenario, receiver, events=["ticket.reopened"])
    scenario.reply(scenario.support)
    scenario.act(scenario.support, "close")
    scenario.act(scenario.shop.manager, "reopen")
    drain()
    assert [json.loads(got.body)["type"] for got in receiver.received] == ["ticket.reopened"]


def test_every_endpoint_of_the_store_gets_it_and_no_other_store_s(
    scenario: TicketScenario, receiver: Receiver
):
    make(scenario, receiver)
    make(scenario, receiver)
    other = scenario.db.shop()
    scenario.sign_in(other.admin).post("/v1/webhooks", {"url": receiver.url, "events": ["ticket.closed"]})
    scenario.act(scenario.support, "close")
    drain()
    assert len(receiver.received) == 2
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 2


def test_a_note_of_support_s_is_sent_to_nobody(scenario: TicketScenario, receiver: Receiver):
    make(scenario, receiver)
    scenario.reply(scenario.support, "No se lo digan.", internal=True)
    drain()
    assert receiver.received == []


def test_a_failed_call_is_made_again_under_the_same_id(scenario: TicketScenario, receiver: Receiver):
    webhook = make(scenario, receiver)
    receiver.status = 500
    scenario.reply(scenario.support)
    drain()
    assert outcome(scenario) == ("waiting", None, 1)
    receiver.status = 200
    time_passes(scenario)
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert first.verified(webhook["secret"]) == second.verified(webhook["secret"])
    assert outcome(scenario) == ("sent", None, 2)
    assert attempts(scenario) == [(500, None), (200, None)]


def test_the_next_try_is_in_about_five_seconds_and_the_last_about_a_day_later(
    scenario: TicketScenario, receiver: Receiver
):
    make(scenario, receiver)
    receiver.status = 503
    scenario.reply(scenario.support)
    drain()
    wait = scenario.db.one("SELECT extract(epoch FROM due_at - now()) FROM webhook_deliveries")
    assert 3 < wait < 6
    assert timedelta(hours=24) < sum(RETRY_DELAYS, timedelta()) < timedelta(hours=30)


def test_tries_end_after_the_schedule(scenario: TicketScenario, receiver: Receiver):
    make(scenario, receiver)
    receiver.status = 500
    scenario.reply(scenario.support)
    drain()
    for _ in range(len(RETRY_DELAYS) + 2):
        time_passes(scenario)
    assert outcome(scenario) == ("failed", "gave_up", len(RETRY_DELAYS) + 1)
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
    scenario: TicketScenario,
    receiver: Receiver,
    trouble: dict[str, object],
    status: int | None,
    error: str | None,
):
    make(scenario, receiver)
    for name, value in trouble.items():
        setattr(receiver, name, value)
    scenario.reply(scenario.support)
    drain()
    assert attempts(scenario) == [(status, error)]
    assert outcome(scenario) == ("waiting", None, 1)


def test_of_a_huge_answer_the_first_kilobyte_is_stored(scenario: TicketScenario, receiver: Receiver):
    make(scenario, receiver)
    receiver.endless = True
    scenario.reply(scenario.support)
    drain()
    assert outcome(scenario) == ("sent", None, 1)
    assert scenario.db.column("SELECT length(response) FROM webhook_attempts") == [1024]


def test_answers_no_text_can_hold_are_stored_readable(scenario: TicketScenario, receiver: Receiver):
    make(scenario, receiver)
    receiver.body = b"a\x00b\xff"
    scenario.reply(scenario.support)
    drain()
    assert scenario.db.column("SELECT response FROM webhook_attempts") == ["ab\N{REPLACEMENT CHARACTER}"]


def test_one_hanging_receiver_holds_up_no_other(scenario: TicketScenario, receiver: Receiver):
    make(scenario, receiver)
    with webhooks_on() as dead:
        dead.silent = True
        make(scenario, dead)
        scenario.reply(scenario.support)
        drain()
        assert len(receiver.received) == len(dead.received) == 1
    outcomes = scenario.db.column("SELECT outcome FROM webhook_deliveries ORDER BY outcome")
    assert outcomes == ["sent", "waiting"]


def test_a_failing_endpoint_is_called_by_one_delivery_at_a_time(scenario: TicketScenario, receiver: Receiver):
    make(scenario, receiver)
    receiver.status = 500
    scenario.reply(scenario.support)
    drain()
    for _ in range(4):
        scenario.reply(scenario.support)
    before = len(receiver.received)
    drain()
    assert len(receiver.received) == before + 1
    receiver.status = 200
    for _ in range(6):
        time_passes(scenario)
    assert set(scenario.db.column("SELECT outcome FROM webhook_deliveries")) == {"sent"}
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 5


def test_gone_disables_the_endpoint_and_notifies_the_administrators(
    scenario: TicketScenario, receiver: Receiver
):
    webhook = make(scenario, receiver)
    receiver.status = 410
    scenario.reply(scenario.support)
    drain()
    assert outcome(scenario) == ("failed", "gone", 1)
    shown = scenario.client(scenario.shop.admin).read(f"/v1/webhooks/{webhook['id']}")
    assert (shown["active"], shown["disabled_reason"]) == (False, "gone")
    assert ("webhook.disabled", 1) in scenario.unread(scenario.shop.admin)
    assert ("webhook.disabled", 1) not in scenario.unread(scenario.shop.manager)
    line = scenario.client(scenario.shop.admin).read("/v1/notifications")["items"][0]["text"]
    assert receiver.url in line
    scenario.act(scenario.support, "close")
    drain()
    assert len(receiver.received) == 1


def test_failing_for_days_disables_the_endpoint_and_drops_what_waits(
    scenario: TicketScenario, receiver: Receiver
):
    make(scenario, receiver)
    receiver.status = 500
    scenario.reply(scenario.support)
    drain()
    time_passes(scenario, days=4)
    assert scenario.db.one("SELECT active FROM webhook_endpoints")
    scenario.reply(scenario.support)
    time_passes(scenario, days=1)
    assert not scenario.db.one("SELECT active FROM webhook_endpoints")
    assert scenario.db.one("SELECT disabled_reason FROM webhook_endpoints") == "failing"
    assert scenario.unread(scenario.shop.admin).count(("webhook.disabled", 1)) == 1
    called = len(receiver.received)
    time_passes(scenario)
    time_passes(scenario)
    assert len(receiver.received) == called
    assert set(scenario.db.column("SELECT reason FROM webhook_deliveries")) == {"endpoint_disabled"}


def test_one_success_ends_the_counting(scenario: TicketScenario, receiver: Receiver):
    make(scenario, receiver)
    receiver.status = 500
    scenario.reply(scenario.support)
    drain()
    receiver.status = 200
    time_passes(scenario, days=4)
    assert scenario.db.one("SELECT failing_since FROM webhook_endpoints") is None


def fanned_out(scenario: TicketScenario, receiver: Receiver) -> UUID:
    """The delivery of a reply's webhook, not called yet."""
    make(scenario, receiver)
    scenario.reply(scenario.support)
    work("notifier.fan_out")
    return UUID(str(scenario.db.one("SELECT id FROM webhook_deliveries")))


def test_a_worker_that_dies_before_calling_loses_nothing(scenario: TicketScenario, receiver: Receiver):
    delivery = fanned_out(scenario, receiver)
    with transaction() as session:
        assert deliver(session, [job(scenario, delivery)]) is not None
    drain()
    assert receiver.received == []
    time_passes(scenario)
    assert [got.headers["webhook-id"] for got in receiver.received] == [str(delivery)]


def test_a_job_that_comes_twice_calls_once(scenario: TicketScenario, receiver: Receiver):
    delivery = fanned_out(scenario, receiver)
    with transaction() as session:
        publish(session, [job(scenario, delivery)] * 3)
    drain()
    time_passes(scenario)
    assert len(receiver.received) == 1


def job(scenario: TicketScenario, delivery_id: UUID) -> DeliveryDue:
    return DeliveryDue(store_id=scenario.shop.id, channel="webhook", delivery_id=delivery_id)
