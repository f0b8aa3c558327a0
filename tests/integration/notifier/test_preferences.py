"""What a person is to be notified of, and by which channel."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.notifier.scenario import TicketScenario
from tests.support.clients.http import Client
from tests.support.clients.jobs import drain

PATH = "/v1/notification-preferences"


def put(client: Client, *items: dict[str, Any]) -> Any:
    return client.call("PUT", PATH, json={"items": list(items)})


def choice(topic: str, *, in_app: bool = True, email: bool = False) -> dict[str, Any]:
    return {"topic": topic, "in_app": in_app, "email": email}


def by_topic(answer: Any) -> dict[str, tuple[bool, bool]]:
    return {item["topic"]: (item["in_app"], item["email"]) for item in answer["items"]}


def test_the_defaults_are_quiet(scenario: TicketScenario):
    defaults = by_topic(scenario.client(scenario.shop.admin).read(PATH))
    assert all(in_app for in_app, _ in defaults.values())
    assert {topic for topic, (_, email) in defaults.items() if email} == {
        "support_replies",
        "closings",
        "promotions",
        "quota",
        "webhooks",
    }
    support = by_topic(scenario.client(scenario.support).read(PATH))
    assert {topic for topic, (_, email) in support.items() if email} == {"assignments"}


def test_each_side_is_asked_of_what_it_can_be_notified(scenario: TicketScenario):
    store = by_topic(scenario.client(scenario.shop.admin).read(PATH))
    support = by_topic(scenario.client(scenario.support).read(PATH))
    assert "new_tickets" in support
    assert "new_tickets" not in store
    assert "quota" in store
    assert "quota" not in support


def test_a_choice_is_stored_and_what_is_not_named_goes_back_to_its_default(scenario: TicketScenario):
    client = scenario.client(scenario.shop.admin)
    chosen = by_topic(put(client, choice("support_replies"), choice("reopenings", email=True)).json)
    assert (chosen["support_replies"], chosen["reopenings"]) == ((True, False), (True, True))
    assert by_topic(client.read(PATH)) == chosen
    again = by_topic(put(client, choice("reopenings", in_app=False)).json)
    assert (again["support_replies"], again["reopenings"]) == ((True, True), (False, False))


def test_only_what_differs_from_the_default_is_stored(scenario: TicketScenario):
    put(scenario.client(scenario.shop.admin), choice("support_replies", email=True), choice("quota"))
    stored = scenario.db.all("SELECT topic, channel, enabled FROM notification_preferences")
    assert [tuple(row) for row in stored] == [("quota", "email", False)]


def test_a_channel_of_a_later_release_is_passed_over(scenario: TicketScenario):
    client = scenario.client(scenario.shop.admin)
    before = client.read(PATH)
    scenario.db.execute(
        "INSERT INTO notification_preferences (person_id, topic, channel, enabled)"
        " VALUES (:person, 'quota', 'push', true)",
        person=scenario.shop.admin,
    )
    assert client.read(PATH) == before


def test_one_person_s_choice_is_nobody_else_s(scenario: TicketScenario):
    put(scenario.client(scenario.shop.admin), choice("support_replies", in_app=False))
    scenario.reply(scenario.support)
    drain()
    assert scenario.unread(scenario.shop.admin) == []
    assert scenario.unread(scenario.shop.manager) == [("ticket.support_replied", 1)]


def test_a_choice_acts_on_its_topic_alone(scenario: TicketScenario):
    put(scenario.client(scenario.shop.admin), choice("support_replies", in_app=False))
    scenario.reply(scenario.support)
    scenario.act(scenario.support, "close")
    drain()
    assert scenario.unread(scenario.shop.admin) == [("ticket.closed", 1)]


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([choice("weather")], {"0": {"topic": "Debe ser uno de: "}}),
        ([choice("new_tickets")], {"0": {"topic": "Debe ser uno de: "}}),
        ([choice("quota"), choice("quota")], {"1": {"topic": "Se envió más de una vez."}}),
        ([{"topic": "quota", "in_app": True}], {"0": {"email": "Falta este dato."}}),
    ],
)
def test_a_wrong_choice_is_refused_and_nothing_is_changed(scenario: TicketScenario, items: Any, field: Any):
    client = scenario.client(scenario.shop.admin)
    put(client, choice("quota"))
    response = put(client, *items)
    assert response.status_code == 422
    (position, problems), *none = field.items()
    (name, text), *no_more = problems.items()
    assert not none
    assert not no_more
    assert response.json["errors"]["items"][position][name][0].startswith(text)
    assert by_topic(client.read(PATH))["quota"] == (True, False)
