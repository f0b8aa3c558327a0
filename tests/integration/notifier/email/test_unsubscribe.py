"""The unsubscribe link of an e-mail: one click, without signing in, for that person alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from services.notifier.email.unsubscribe.tokens import token_for
from tests.integration.notifier.email.deliveries import address, posting, time_passes
from tests.integration.notifier.scenario import TicketScenario
from tests.support.clients.jobs import drain
from tests.support.fakes.mail_server import MailServer

PATH = "/v1/unsubscribe"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(scenario: TicketScenario) -> Iterator[str]:
    """The link in the administrator's e-mail, as a mail program reads it from the headers."""
    with posting(MailServer()) as server:
        scenario.reply(scenario.support)
        drain()
        time_passes(scenario)
        [message] = server.messages_to(address(scenario, scenario.shop.admin))
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        found = re.fullmatch(r"<(https?://[^/]+)(/.*)>", message["List-Unsubscribe"])
        assert found is not None
        yield found[2]


def emailed_topics(scenario: TicketScenario) -> set[str]:
    items = scenario.client(scenario.shop.admin).read("/v1/notification-preferences")["items"]
    assert all(item["in_app"] for item in items)
    return {item["topic"] for item in items if item["email"]}


def test_one_click_turns_every_e_mail_off_and_nothing_else(app: Flask, scenario: TicketScenario, link: str):
    assert emailed_topics(scenario)
    response = app.test_client().post(link, data=ONE_CLICK)
    assert response.status_code == 200
    assert emailed_topics(scenario) == set()
    manager = scenario.client(scenario.shop.manager).read("/v1/notification-preferences")["items"]
    assert any(item["email"] for item in manager)


def test_clicking_twice_is_clicking_once(app: Flask, scenario: TicketScenario, link: str):
    for _ in range(2):
        assert app.test_client().post(link, data=ONE_CLICK).status_code == 200
    assert emailed_topics(scenario) == set()


def test_looking_at_the_link_changes_nothing_and_shows_a_button(
    app: Flask, scenario: TicketScenario, link: str
):
    response = app.test_client().get(link, headers={"Accept-Language": "en"})
    assert '<form method="post"><button>Get no more e-mails</button></form>' in response.text
    assert "form-action 'self'" in response.headers["Content-Security-Policy"]
    assert emailed_topics(scenario)


def test_what_was_chosen_for_the_section_stays(app: Flask, scenario: TicketScenario, link: str):
    quiet = [{"topic": "reopenings", "in_app": False, "email": True}]
    scenario.client(scenario.shop.admin).call("PUT", "/v1/notification-preferences", json={"items": quiet})
    app.test_client().post(link, data=ONE_CLICK)
    items = scenario.client(scenario.shop.admin).read("/v1/notification-preferences")["items"]
    [reopenings] = [item for item in items if item["topic"] == "reopenings"]
    assert (reopenings["in_app"], reopenings["email"]) == (False, False)


def test_what_waited_is_not_sent(app: Flask, scenario: TicketScenario):
    with posting(MailServer()) as server:
        scenario.reply(scenario.support)
        drain()
        app.test_client().post(f"{PATH}?token={token_for(scenario.shop.admin)}", data=ONE_CLICK)
        time_passes(scenario)
        assert server.addresses() == [address(scenario, scenario.shop.manager)]


def test_who_left_can_click_too(app: Flask, scenario: TicketScenario):
    scenario.db.execute("UPDATE people SET active = false WHERE id = :id", id=scenario.shop.admin)
    token = token_for(scenario.shop.admin)
    assert app.test_client().post(f"{PATH}?token={token}").status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("change", ["", "x", "changed"])
def test_a_token_we_did_not_make_is_refused(app: Flask, scenario: TicketScenario, method: str, change: str):
    token = token_for(scenario.shop.admin)
    forged = {"": "", "x": "x", "changed": token[:-9] + token[-8:]}[change]
    response = app.test_client().open(f"{PATH}?token={forged}", method=method)
    assert response.status_code == 422
    assert scenario.db.count("notification_preferences") == 0
