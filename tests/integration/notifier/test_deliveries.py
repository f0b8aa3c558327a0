"""Why something was or wasn't sent, for support: every person, channel and outcome of a ticket."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.db.models import Role
from tests.integration.notifier.email.deliveries import address, time_passes
from tests.integration.notifier.scenario import TicketScenario
from tests.integration.notifier.webhooks import deliveries as calling
from tests.integration.notifier.webhooks.deliveries import webhooks_on
from tests.support.clients.jobs import drain
from tests.support.fakes.mail_server import MailServer


def listed(scenario: TicketScenario) -> list[Any]:
    return scenario.client(scenario.support).walk(f"/v1/tickets/{scenario.ticket}/deliveries", limit=2)


def of(scenario: TicketScenario, person: UUID, channel: str) -> list[tuple[str, str | None]]:
    """Outcome and reason of a person's deliveries by a channel, latest first."""
    return [
        (item["outcome"], item["reason"])
        for item in listed(scenario)
        if item["channel"] == channel and item["person"] and item["person"]["id"] == str(person)
    ]


def test_what_was_sent_and_read_is_listed(scenario: TicketScenario, server: MailServer):
    scenario.reply(scenario.support)
    drain()
    time_passes(scenario)
    scenario.act(scenario.shop.admin, "read")
    assert of(scenario, scenario.shop.admin, "in_app") == [("read", None)]
    assert of(scenario, scenario.shop.admin, "email") == [("sent", None)]
    assert of(scenario, scenario.shop.manager, "in_app") == [("unread", None)]
    [mail, *_] = [item for item in listed(scenario) if item["channel"] == "email"]
    assert (mail["response"], mail["attempts"], mail["events"]) == (
        "250 Taken",
        1,
        ["ticket.support_replied"],
    )


def test_what_was_not_sent_says_why(scenario: TicketScenario, server: MailServer):
    server.behaviour.to_recipient[address(scenario, scenario.shop.manager)] = "550 5.1.1 No such user"
    scenario.reply(scenario.support)
    drain()
    scenario.act(scenario.shop.admin, "read")
    time_passes(scenario)
    assert of(scenario, scenario.shop.admin, "email") == [("dropped", "read")]
    assert of(scenario, scenario.shop.manager, "email") == [("failed", "address_refused")]


def test_a_choice_of_the_person_s_is_distinguished_from_a_quiet_default(
    scenario: TicketScenario, server: MailServer
):
    items = [{"topic": "support_replies", "in_app": False, "email": False}]
    scenario.client(scenario.shop.admin).call("PUT", "/v1/notification-preferences", json={"items": items})
    scenario.reply(scenario.colleague, internal=True)
    scenario.reply(scenario.support)
    drain()
    assert of(scenario, scenario.shop.admin, "in_app") == [("skipped", "preference_off")]
    assert of(scenario, scenario.shop.admin, "email") == [("skipped", "preference_off")]
    assert of(scenario, scenario.colleague, "in_app") == [("unread", None)]
    assert of(scenario, scenario.colleague, "email") == [("skipped", "off_by_default")]


def test_what_was_folded_is_one_with_all_its_events(scenario: TicketScenario, server: MailServer):
    scenario.reply(scenario.support)
    drain()
    scenario.act(scenario.support, "close")
    drain()
    items = [item for item in listed(scenario) if item["person"]["id"] == str(scenario.shop.admin)]
    assert {(item["channel"], item["count"]) for item in items} == {("in_app", 2), ("email", 2)}
    [mail] = [item for item in items if item["channel"] == "email"]
    assert mail["events"] == ["ticket.support_replied", "ticket.closed"]
    assert mail["outcome"] == "waiting"


def test_without_a_server_it_says_so(scenario: TicketScenario):
    scenario.reply(scenario.support)
    drain()
    assert of(scenario, scenario.shop.admin, "email") == [("skipped", "email_not_set_up")]


def test_webhooks_are_listed_with_the_last_answer(scenario: TicketScenario):
    with webhooks_on() as receiver:
        calling.make(scenario, receiver)
        receiver.status, receiver.body = 500, b"down for today"
        scenario.reply(scenario.support)
        drain()
        [item] = [item for item in listed(scenario) if item["channel"] == "webhook"]
    assert (item["outcome"], item["attempts"], item["response"]) == ("waiting", 1, "500 down for today")
    assert item["webhook"]["url"] == receiver.url
    assert item["person"] is None


def test_pages_hold_everything_once(scenario: TicketScenario):
    for _ in range(3):
        scenario.db.person(scenario.shop.id, Role.GESTIONAR_TICKETS)
    scenario.reply(scenario.support)
    drain()
    ids = [item["id"] for item in listed(scenario)]
    assert len(ids) == len(set(ids)) == 2 * 5


def test_it_is_for_support_alone(scenario: TicketScenario):
    for person in (scenario.shop.admin, scenario.shop.manager):
        assert scenario.client(person).get(f"/v1/tickets/{scenario.ticket}/deliveries").status_code == 403


def test_no_ticket_no_deliveries(scenario: TicketScenario):
    assert (
        scenario.client(scenario.support).get(f"/v1/tickets/{scenario.shop.id}/deliveries").status_code == 404
    )
