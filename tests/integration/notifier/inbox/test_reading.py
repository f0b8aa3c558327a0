"""Bursts fold into one line; reading, wherever it happens, is respected."""

from __future__ import annotations

from tests.integration.notifier.scenario import Scene
from tests.support.clients.jobs import drain


def test_a_burst_folds_into_one_line_with_a_count(scene: Scene):
    for _ in range(3):
        scene.reply(scene.support)
    drain()
    assert scene.told(scene.shop.admin) == [("ticket.support_replied", 3)]


def test_later_events_fold_into_the_unread_line_and_say_what_came_last(scene: Scene):
    scene.reply(scene.support)
    drain()
    scene.act(scene.support, "close")
    drain()
    assert scene.told(scene.shop.admin) == [("ticket.closed", 2)]


def test_after_reading_a_new_line_begins(scene: Scene):
    scene.reply(scene.support)
    drain()
    admin = scene.client(scene.shop.admin)
    assert admin.post("/v1/notifications/read").json == {"unread_count": 0}
    scene.reply(scene.support)
    drain()
    assert scene.told(scene.shop.admin) == [("ticket.support_replied", 1)]
    assert len(admin.walk("/v1/notifications")) == 2


def test_one_line_is_marked_read_and_the_others_are_not(scene: Scene):
    scene.reply(scene.support)
    drain()
    admin = scene.client(scene.shop.admin)
    other = scene.world.shop()
    scene.client(scene.shop.manager).rated(scene.world.question(scene.shop))
    drain()
    scene.client(scene.support).post(
        f"/v1/tickets/{scene.world.one('SELECT id FROM tickets WHERE number = 2')}/messages", {"body": "Hola"}
    )
    drain()
    first, second = admin.read("/v1/notifications")["items"]
    assert admin.post("/v1/notifications/read", {"ids": [first["id"]]}).json == {"unread_count": 1}
    assert [item["id"] for item in admin.read("/v1/notifications", unread="true")["items"]] == [second["id"]]
    assert (
        scene.client(other.admin).post("/v1/notifications/read", {"ids": [second["id"]]}).status_code == 200
    )
    assert admin.read("/v1/notifications")["unread_count"] == 1


def test_reading_the_ticket_reads_what_one_was_told_of_it(scene: Scene):
    scene.reply(scene.support)
    drain()
    scene.act(scene.shop.admin, "read")
    assert scene.told(scene.shop.admin) == []
    assert scene.told(scene.shop.manager) == [("ticket.support_replied", 1)]


def test_reading_up_to_an_older_message_leaves_the_line_unread(scene: Scene):
    older = scene.reply(scene.support)
    scene.reply(scene.support)
    drain()
    scene.act(scene.shop.admin, "read", {"message_id": older["id"]})
    assert scene.told(scene.shop.admin) == [("ticket.support_replied", 2)]


def test_whoever_replies_has_read(scene: Scene):
    scene.reply(scene.support)
    drain()
    scene.reply(scene.shop.admin)
    assert scene.told(scene.shop.admin) == []


def test_a_message_read_before_it_was_told_is_kept_as_read(scene: Scene):
    """The page was open: it showed the message, and said so, before the notifier came to it."""
    scene.reply(scene.support)
    scene.act(scene.shop.admin, "read")
    drain()
    assert scene.told(scene.shop.admin) == []
    assert scene.client(scene.shop.admin).read("/v1/notifications")["items"][0]["read_at"] is not None


def test_lines_without_a_ticket_do_not_fold(scene: Scene):
    shop = scene.world.shop(units=0)
    for question in scene.world.questions(shop, 3):
        scene.client(shop.manager).rated(question)
    drain()
    assert scene.told(shop.admin) == [("rating.parked", 1)] * 3


def test_every_line_has_words_in_both_languages(scene: Scene):
    scene.reply(scene.support)
    drain()
    spanish = scene.client(scene.shop.admin).read("/v1/notifications")["items"][0]["text"]
    english = scene.client(scene.shop.admin, "en").read("/v1/notifications")["items"][0]["text"]
    assert (spanish, english) == ("Soporte respondió en el ticket n.º 1", "Support replied in ticket no. 1")
