"""Bursts fold into one line; reading, wherever it happens, is respected."""

from __future__ import annotations

from tests.integration.notifier.scenario import TicketScenario
from tests.support.clients.jobs import drain


def test_a_burst_folds_into_one_line_with_a_count(scenario: TicketScenario):
    for _ in range(3):
        scenario.reply(scenario.support)
    drain()
    assert scenario.unread(scenario.shop.admin) == [("ticket.support_replied", 3)]


def test_later_events_fold_into_the_unread_line_and_say_what_came_last(scenario: TicketScenario):
    scenario.reply(scenario.support)
    drain()
    scenario.act(scenario.support, "close")
    drain()
    assert scenario.unread(scenario.shop.admin) == [("ticket.closed", 2)]


def test_after_reading_a_new_line_begins(scenario: TicketScenario):
    scenario.reply(scenario.support)
    drain()
    admin = scenario.client(scenario.shop.admin)
    assert admin.post("/v1/notifications/read").json == {"unread_count": 0}
    scenario.reply(scenario.support)
    drain()
    assert scenario.unread(scenario.shop.admin) == [("ticket.support_replied", 1)]
    assert len(admin.walk("/v1/notifications")) == 2


def test_one_line_is_marked_read_and_the_others_are_not(scenario: TicketScenario):
    scenario.reply(scenario.support)
    drain()
    admin = scenario.client(scenario.shop.admin)
    other = scenario.db.shop()
    scenario.client(scenario.shop.manager).rate_ok(scenario.db.question(scenario.shop))
    drain()
    scenario.client(scenario.support).post(
        f"/v1/tickets/{scenario.db.one('SELECT id FROM tickets WHERE number = 2')}/messages", {"body": "Hola"}
    )
    drain()
    first, second = admin.read("/v1/notifications")["items"]
    assert admin.post("/v1/notifications/read", {"ids": [first["id"]]}).json == {"unread_count": 1}
    assert [item["id"] for item in admin.read("/v1/notifications", unread="true")["items"]] == [second["id"]]
    assert (
        scenario.client(other.admin).post("/v1/notifications/read", {"ids": [second["id"]]}).status_code
        == 200
    )
    assert admin.read("/v1/notifications")["unread_count"] == 1


def test_reading_the_ticket_reads_its_notifications(scenario: TicketScenario):
    scenario.reply(scenario.support)
    drain()
    scenario.act(scenario.shop.admin, "read")
    assert scenario.unread(scenario.shop.admin) == []
    assert scenario.unread(scenario.shop.manager) == [("ticket.support_replied", 1)]


def test_reading_up_to_an_older_message_leaves_the_line_unread(scenario: TicketScenario):
    older = scenario.reply(scenario.support)
    scenario.reply(scenario.support)
    drain()
    scenario.act(scenario.shop.admin, "read", {"message_id": older["id"]})
    assert scenario.unread(scenario.shop.admin) == [("ticket.support_replied", 2)]


def test_whoever_replies_has_read(scenario: TicketScenario):
    scenario.reply(scenario.support)
    drain()
    scenario.reply(scenario.shop.admin)
    assert scenario.unread(scenario.shop.admin) == []


def test_a_message_read_before_its_notification_is_stored_as_read(scenario: TicketScenario):
    """The page was open: it showed the message, and said so, before the notifier came to it."""
    scenario.reply(scenario.support)
    scenario.act(scenario.shop.admin, "read")
    drain()
    assert scenario.unread(scenario.shop.admin) == []
    assert scenario.client(scenario.shop.admin).read("/v1/notifications")["items"][0]["read_at"] is not None


def test_lines_without_a_ticket_do_not_fold(scenario: TicketScenario):
    shop = scenario.db.shop(units=0)
    for question in scenario.db.questions(shop, 3):
        scenario.client(shop.manager).rate_ok(question)
    drain()
    assert scenario.unread(shop.admin) == [("rating.parked", 1)] * 3


def test_every_line_has_words_in_both_languages(scenario: TicketScenario):
    scenario.reply(scenario.support)
    drain()
    spanish = scenario.client(scenario.shop.admin).read("/v1/notifications")["items"][0]["text"]
    english = scenario.client(scenario.shop.admin, "en").read("/v1/notifications")["items"][0]["text"]
    assert (spanish, english) == ("Soporte respondió en el ticket n.º 1", "Support replied in ticket no. 1")
