"""Why something was or wasn't sent, for support: every person, channel and outcome of a ticket."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.db.models import Role
from tests.integration.notifier.email.deliveries import address, time_passes
from tests.integration.notifier.scenario import Scene
from tests.integration.notifier.webhooks import deliveries as calling
from tests.integration.notifier.webhooks.deliveries import webhooks_on
from tests.support.clients.jobs import drain
from tests.support.fakes.mail_server import MailServer


def listed(scene: Scene) -> list[Any]:
    return scene.client(scene.support).walk(f"/v1/tickets/{scene.ticket}/deliveries", limit=2)


def of(scene: Scene, person: UUID, channel: str) -> list[tuple[str, str | None]]:
    """Outcome and reason of what a person was to be told by a channel, latest first."""
    return [
        (item["outcome"], item["reason"])
        for item in listed(scene)
        if item["channel"] == channel and item["person"] and item["person"]["id"] == str(person)
    ]


def test_what_was_sent_and_read_is_listed(scene: Scene, server: MailServer):
    scene.reply(scene.support)
    drain()
    time_passes(scene)
    scene.act(scene.shop.admin, "read")
    assert of(scene, scene.shop.admin, "in_app") == [("read", None)]
    assert of(scene, scene.shop.admin, "email") == [("sent", None)]
    assert of(scene, scene.shop.manager, "in_app") == [("unread", None)]
    [mail, *_] = [item for item in listed(scene) if item["channel"] == "email"]
    assert (mail["response"], mail["attempts"], mail["events"]) == (
        "250 Taken",
        1,
        ["ticket.support_replied"],
    )


def test_what_was_not_sent_says_why(scene: Scene, server: MailServer):
    server.behaviour.to_recipient[address(scene, scene.shop.manager)] = "550 5.1.1 No such user"
    scene.reply(scene.support)
    drain()
    scene.act(scene.shop.admin, "read")
    time_passes(scene)
    assert of(scene, scene.shop.admin, "email") == [("dropped", "read")]
    assert of(scene, scene.shop.manager, "email") == [("failed", "address_refused")]


def test_a_choice_of_the_person_s_is_told_apart_from_a_quiet_default(scene: Scene, server: MailServer):
    items = [{"topic": "support_replies", "in_app": False, "email": False}]
    scene.client(scene.shop.admin).call("PUT", "/v1/notification-preferences", json={"items": items})
    scene.reply(scene.colleague, internal=True)
    scene.reply(scene.support)
    drain()
    assert of(scene, scene.shop.admin, "in_app") == [("skipped", "preference_off")]
    assert of(scene, scene.shop.admin, "email") == [("skipped", "preference_off")]
    assert of(scene, scene.colleague, "in_app") == [("unread", None)]
    assert of(scene, scene.colleague, "email") == [("skipped", "off_by_default")]


def test_what_was_folded_is_one_with_all_its_events(scene: Scene, server: MailServer):
    scene.reply(scene.support)
    drain()
    scene.act(scene.support, "close")
    drain()
    items = [item for item in listed(scene) if item["person"]["id"] == str(scene.shop.admin)]
    assert {(item["channel"], item["count"]) for item in items} == {("in_app", 2), ("email", 2)}
    [mail] = [item for item in items if item["channel"] == "email"]
    assert mail["events"] == ["ticket.support_replied", "ticket.closed"]
    assert mail["outcome"] == "waiting"


def test_without_a_server_it_says_so(scene: Scene):
    scene.reply(scene.support)
    drain()
    assert of(scene, scene.shop.admin, "email") == [("skipped", "email_not_set_up")]


def test_webhooks_are_listed_with_the_last_answer(scene: Scene):
    with webhooks_on() as receiver:
        calling.make(scene, receiver)
        receiver.status, receiver.body = 500, b"down for today"
        scene.reply(scene.support)
        drain()
        [item] = [item for item in listed(scene) if item["channel"] == "webhook"]
    assert (item["outcome"], item["attempts"], item["response"]) == ("waiting", 1, "500 down for today")
    assert item["webhook"]["url"] == receiver.url
    assert item["person"] is None


def test_pages_hold_everything_once(scene: Scene):
    for _ in range(3):
        scene.world.person(scene.shop.id, Role.GESTIONAR_TICKETS)
    scene.reply(scene.support)
    drain()
    ids = [item["id"] for item in listed(scene)]
    assert len(ids) == len(set(ids)) == 2 * 5


def test_it_is_for_support_alone(scene: Scene):
    for person in (scene.shop.admin, scene.shop.manager):
        assert scene.client(person).get(f"/v1/tickets/{scene.ticket}/deliveries").status_code == 403


def test_no_ticket_no_deliveries(scene: Scene):
    assert scene.client(scene.support).get(f"/v1/tickets/{scene.shop.id}/deliveries").status_code == 404
