"""A store's webhooks over HTTP: its administrators alone, secrets shown once, everything undone possible."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.notifier.scenario import TicketScenario
from tests.integration.notifier.webhooks.deliveries import EVENTS, make, outcome, time_passes
from tests.support.clients.http import Client
from tests.support.clients.jobs import drain
from tests.support.factories.hostile_urls import HOSTILE_URLS
from tests.support.fakes.webhook_receiver import Receiver


@pytest.fixture
def admin(scenario: TicketScenario) -> Client:
    return scenario.client(scenario.shop.admin)


def path(webhook: Any, *more: str) -> str:
    return "/".join(["/v1/webhooks", webhook["id"], *more])


def test_only_the_store_s_administrators_come_in(scenario: TicketScenario, receiver: Receiver):
    webhook = make(scenario, receiver)
    for person in (scenario.shop.manager, scenario.shop.seller, scenario.support):
        for method, where in (
            ("GET", "/v1/webhooks"),
            ("DELETE", path(webhook)),
            ("POST", path(webhook, "test")),
        ):
            assert scenario.client(person).call(method, where).status_code == 403
    assert scenario.db.one("SELECT active FROM webhook_endpoints")


def test_another_store_s_webhook_does_not_exist(scenario: TicketScenario, receiver: Receiver):
    webhook = make(scenario, receiver)
    other = scenario.client(scenario.db.shop().admin)
    assert other.read("/v1/webhooks")["items"] == []
    for method, where in (
        ("GET", path(webhook)),
        ("PATCH", path(webhook)),
        ("DELETE", path(webhook)),
        ("POST", path(webhook, "test")),
        ("POST", path(webhook, "rotate-secret")),
        ("GET", path(webhook, "deliveries")),
    ):
        body: dict[str, Any] = {"json": {}} if method == "PATCH" else {}
        assert other.call(method, where, **body).status_code == 404


def test_the_secret_is_shown_once_and_the_api_s_role_cannot_read_it(
    scenario: TicketScenario, admin: Client, receiver: Receiver
):
    webhook = make(scenario, receiver, description="Nuestro ERP")
    assert webhook["secret"].startswith("whsec_")
    shown = admin.read(path(webhook))
    assert "secret" not in shown
    assert (shown["url"], shown["events"], shown["description"]) == (receiver.url, EVENTS, "Nuestro ERP")
    assert admin.read("/v1/webhooks")["items"] == [shown]
    assert "permission denied" in scenario.db.refused(
        "SET ROLE botmeni_api; SELECT secret FROM webhook_secrets"
    )


def test_a_webhook_is_changed_and_deleted(scenario: TicketScenario, admin: Client, receiver: Receiver):
    webhook = make(scenario, receiver)
    changed: Any = admin.call("PATCH", path(webhook), json={"events": ["ticket.reopened"], "active": False})
    assert (changed.json["events"], changed.json["active"]) == (["ticket.reopened"], False)
    assert changed.json["disabled_at"] is not None
    assert admin.call("DELETE", path(webhook)).status_code == 204
    assert admin.get(path(webhook)).status_code == 404
    assert scenario.db.count("webhook_secrets") == 0
    scenario.act(scenario.shop.admin, "close")
    scenario.act(scenario.shop.admin, "reopen")
    drain()
    assert receiver.received == []


def test_a_rotated_secret_signs_beside_the_new_one_until_it_expires(
    scenario: TicketScenario, admin: Client, receiver: Receiver
):
    webhook = make(scenario, receiver)
    rotated: Any = admin.post(path(webhook, "rotate-secret")).json
    scenario.reply(scenario.support)
    drain()
    [both] = receiver.received
    assert both.verified(webhook["secret"]) == both.verified(rotated["secret"])
    scenario.db.execute("UPDATE webhook_secrets SET expires_at = now() WHERE expires_at IS NOT NULL")
    scenario.reply(scenario.support)
    drain()
    [_, new] = receiver.received
    new.verified(rotated["secret"])
    assert len(new.headers["webhook-signature"].split(" ")) == 1


def test_a_test_event_is_sent_whatever_was_chosen(
    scenario: TicketScenario, admin: Client, receiver: Receiver
):
    webhook = make(scenario, receiver)
    asked: Any = admin.post(path(webhook, "test"))
    assert asked.status_code == 202
    drain()
    [got] = receiver.received
    assert got.verified(webhook["secret"])["type"] == "webhook.test"
    detail = admin.read(path(webhook, "deliveries", asked.json["id"]))
    assert (detail["outcome"], detail["log"][0]["status"], detail["log"][0]["response"]) == (
        "sent",
        200,
        "ok",
    )


def test_the_log_lists_every_attempt_page_by_page(
    scenario: TicketScenario, admin: Client, receiver: Receiver
):
    webhook = make(scenario, receiver)
    receiver.status = 500
    for _ in range(3):
        scenario.reply(scenario.support)
    drain()
    time_passes(scenario)
    items = admin.walk(path(webhook, "deliveries"), limit=1)
    assert len(items) == 3
    assert {item["outcome"] for item in items} == {"waiting"}
    assert admin.read(path(webhook, "deliveries"), outcome="sent")["items"] == []
    most = max(items, key=lambda item: item["attempts"])
    detail = admin.read(path(webhook, "deliveries", most["id"]))
    assert [entry["number"] for entry in detail["log"]] == list(range(1, most["attempts"] + 1))
    assert '"type":"ticket.support_replied"' in detail["payload"]


def test_a_delivery_is_made_again_under_its_id(scenario: TicketScenario, admin: Client, receiver: Receiver):
    webhook = make(scenario, receiver)
    scenario.reply(scenario.support)
    drain()
    [delivery] = admin.read(path(webhook, "deliveries"))["items"]
    again: Any = admin.post(path(webhook, "deliveries", delivery["id"], "redeliver"))
    assert (again.status_code, again.json["outcome"]) == (202, "waiting")
    drain()
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert outcome(scenario) == ("sent", None, 2)


def test_what_is_being_sent_is_not_sent_again(scenario: TicketScenario, admin: Client, receiver: Receiver):
    webhook = make(scenario, receiver)
    scenario.reply(scenario.support)
    drain()
    scenario.db.execute("UPDATE webhook_deliveries SET outcome = 'sending'")
    [delivery] = admin.read(path(webhook, "deliveries"))["items"]
    response: Any = admin.post(path(webhook, "deliveries", delivery["id"], "redeliver"))
    assert (response.status_code, response.json["code"]) == (409, "delivery_under_way")


def test_a_disabled_webhook_is_neither_tested_nor_sent_to_until_it_is_enabled(
    scenario: TicketScenario, admin: Client, receiver: Receiver
):
    webhook = make(scenario, receiver)
    receiver.status = 410
    scenario.reply(scenario.support)
    drain()
    [delivery] = admin.read(path(webhook, "deliveries"))["items"]
    for where in (path(webhook, "test"), path(webhook, "deliveries", delivery["id"], "redeliver")):
        refused: Any = admin.post(where).json
        assert refused["code"] == "webhook_disabled"
    receiver.status = 200
    enabled: Any = admin.call("PATCH", path(webhook), json={"active": True}).json
    assert (enabled["active"], enabled["disabled_reason"], enabled["failing_since"]) == (True, None, None)
    assert admin.post(path(webhook, "deliveries", delivery["id"], "redeliver")).status_code == 202
    drain()
    assert outcome(scenario) == ("sent", None, 2)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"url": "https://127.0.0.1/x"}, "url"),
        ({"url": "http://hooks.example.com/"}, "url"),
        ({"url": 7}, "url"),
        ({"events": []}, "events"),
        ({"events": ["weather"]}, "events"),
        ({"events": ["ticket.assigned"]}, "events"),
        ({"events": ["ticket.closed", "ticket.closed"]}, "events"),
        ({"description": "a" * 201}, "description"),
        ({"secret": "whsec_mine"}, "secret"),
    ],
)
def test_a_wrong_webhook_is_refused(scenario: TicketScenario, values: dict[str, Any], field: str):
    payload = {"url": "https://hooks.example.com/x", "events": EVENTS, **values}
    response: Any = scenario.client(scenario.shop.admin).post("/v1/webhooks", payload)
    assert response.status_code == 422
    assert list(response.json["errors"]) == [field]
    assert scenario.db.count("webhook_endpoints") == 0


def test_every_hostile_url_is_refused(scenario: TicketScenario, admin: Client):
    for url in HOSTILE_URLS:
        response = admin.post("/v1/webhooks", {"url": url, "events": EVENTS})
        assert response.status_code == 422, url
    webhook: Any = admin.post("/v1/webhooks", {"url": "https://hooks.example.com/", "events": EVENTS}).json
    changed: Any = admin.call("PATCH", path(webhook), json={"url": "https://10.0.0.1/"})
    assert changed.json["errors"]["url"] == ["Debe ser una dirección pública de internet."]


def test_a_store_has_ten_at_most(scenario: TicketScenario, admin: Client):
    payload = {"url": "https://hooks.example.com/", "events": EVENTS}
    for _ in range(10):
        assert admin.post("/v1/webhooks", payload).status_code == 201
    refused: Any = admin.post("/v1/webhooks", payload).json
    assert refused["code"] == "too_many_webhooks"
