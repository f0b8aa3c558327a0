"""E-mails: what they say, whom they reach, and what keeps them from being sent."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.integration.conftest import SignIn
from tests.integration.notifier.email.deliveries import address, outcomes, posting, time_passes
from tests.integration.notifier.scenario import Scene
from tests.support.clients.jobs import drain
from tests.support.factories.database import World
from tests.support.fakes.mail_server import MailServer


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_support_s_reply_reaches_the_store_after_the_grace_time(scene: Scene, server: MailServer):
    scene.reply(scene.support, "Ya corregimos la tabla de talles.")
    drain()
    assert server.addresses() == []
    time_passes(scene)
    assert server.addresses() == sorted(
        [address(scene, scene.shop.admin), address(scene, scene.shop.manager)]
    )
    assert outcomes(scene)[scene.shop.admin] == ("sent", None, 1)


def test_both_parts_say_what_happened_with_links_into_the_page(scene: Scene, server: MailServer):
    scene.reply(scene.support, "Ya está.\n<b>Negrita</b> & más")
    time_passes(scene)
    time_passes(scene)
    [message] = server.messages_to(address(scene, scene.shop.admin))
    plain, html = part(message, "plain"), part(message, "html")
    assert "Soporte respondió en el ticket n.º 1." in plain
    assert "<b>Negrita</b> & más" in plain
    assert "&lt;b&gt;Negrita&lt;/b&gt; &amp; más" in html
    assert "<b>" not in html
    for text in (plain, html):
        assert f"/tickets/{scene.ticket}" in text
        assert "/v1/unsubscribe?token=" in text


def test_the_language_is_the_person_s(scene: Scene, server: MailServer):
    scene.world.execute("UPDATE people SET locale = 'en' WHERE id = :id", id=scene.shop.admin)
    scene.reply(scene.support, "Done.")
    drain()
    time_passes(scene)
    [message] = server.messages_to(address(scene, scene.shop.admin))
    assert "Support replied in ticket no. 1." in part(message, "plain")
    assert '<html lang="en">' in part(message, "html")


def test_a_ticket_s_e_mails_are_one_thread(scene: Scene, server: MailServer):
    for action in ("messages", "close"):
        scene.act(scene.support, action, {"body": "Hola"} if action == "messages" else {})
        drain()
        time_passes(scene)
    first, second = server.messages_to(address(scene, scene.shop.admin))
    assert first["Subject"] == second["Subject"]
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert str(scene.ticket) in first["References"]
    assert first["Message-ID"] != second["Message-ID"]
    ids = scene.world.column("SELECT id FROM email_deliveries WHERE person_id = :id", id=scene.shop.admin)
    assert {first["Message-ID"], second["Message-ID"]} == {f"<{id_}@botmeni.example>" for id_ in ids}


def test_a_store_s_name_cannot_add_headers(scene: Scene, server: MailServer):
    scene.world.execute("UPDATE stores SET name = :name", name="Tienda\r\nBcc: otra@example.org")
    scene.reply(scene.support)
    drain()
    time_passes(scene)
    [message] = server.messages_to(address(scene, scene.shop.admin))
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Tienda Bcc: otra@example.org")


def test_more_of_the_same_ticket_folds_into_the_one_that_waits(scene: Scene, server: MailServer):
    scene.reply(scene.support, "Uno.")
    drain()
    scene.reply(scene.support, "Dos.")
    scene.act(scene.support, "close")
    drain()
    time_passes(scene)
    [message] = server.messages_to(address(scene, scene.shop.admin))
    plain = part(message, "plain")
    assert plain.index("Uno.") < plain.index("Dos.") < plain.index("Se cerró el ticket")


def test_what_comes_after_a_first_try_is_an_e_mail_of_its_own(scene: Scene, server: MailServer):
    """The same Message-ID must not come to stand for two contents."""
    scene.reply(scene.support, "Uno.")
    drain()
    server.behaviour.to_data = "451 Later"
    time_passes(scene)
    scene.reply(scene.support, "Dos.")
    drain()
    server.behaviour.to_data = "250 Taken"
    time_passes(scene)
    first, second = server.messages_to(address(scene, scene.shop.admin))
    texts = {part(first, "plain"), part(second, "plain")}
    assert sum("Uno." in text for text in texts) == sum("Dos." in text for text in texts) == 1


@pytest.mark.parametrize("way", ["ticket", "all lines", "one line", "reply"])
def test_who_reads_meanwhile_gets_no_e_mail(scene: Scene, server: MailServer, way: str):
    scene.reply(scene.support)
    drain()
    admin = scene.client(scene.shop.admin)
    if way == "ticket":
        scene.act(scene.shop.admin, "read")
    elif way == "all lines":
        admin.post("/v1/notifications/read")
    elif way == "one line":
        line = admin.read("/v1/notifications")["items"][0]["id"]
        admin.post("/v1/notifications/read", {"ids": [line]})
    else:
        scene.reply(scene.shop.admin)
    time_passes(scene)
    assert server.addresses() == [address(scene, scene.shop.manager)]
    assert outcomes(scene)[scene.shop.admin] == ("dropped", "read", 0)


def test_what_was_read_before_it_was_told_is_dropped(scene: Scene, server: MailServer):
    scene.reply(scene.support)
    scene.act(scene.shop.admin, "read")
    drain()
    time_passes(scene)
    assert server.addresses() == [address(scene, scene.shop.manager)]
    assert outcomes(scene)[scene.shop.admin] == ("dropped", "read", 0)


def test_a_reading_that_came_while_the_e_mail_was_written_counts(scene: Scene, server: MailServer):
    scene.reply(scene.support)
    drain()
    scene.world.execute(
        "INSERT INTO ticket_reads (person_id, ticket_id, store_id, position)"
        " VALUES (:person, :ticket, :store, 2)"
        " ON CONFLICT (person_id, ticket_id) DO UPDATE SET position = 2",
        person=scene.shop.admin,
        ticket=scene.ticket,
        store=scene.shop.id,
    )
    time_passes(scene)
    assert outcomes(scene)[scene.shop.admin] == ("dropped", "read", 0)


def test_a_line_without_a_ticket_takes_its_own_e_mail_with_it_and_no_other(
    world: World, sign_in: SignIn, scene: Scene, server: MailServer
):
    shop = world.shop(units=0)
    admin = sign_in(shop.admin)
    wanted = [{"topic": "parkings", "in_app": True, "email": True}]
    admin.call("PUT", "/v1/notification-preferences", json={"items": wanted})
    for question in world.questions(shop, 2):
        sign_in(shop.manager).rated(question)
    drain()
    first = admin.read("/v1/notifications")["items"][0]["id"]
    admin.post("/v1/notifications/read", {"ids": [first]})
    time_passes(scene)
    assert server.addresses() == [address(scene, shop.admin)]


def test_who_turns_e_mails_off_meanwhile_gets_none(scene: Scene, server: MailServer):
    scene.reply(scene.support)
    drain()
    unwanted = [{"topic": "support_replies", "in_app": True, "email": False}]
    scene.client(scene.shop.admin).call("PUT", "/v1/notification-preferences", json={"items": unwanted})
    time_passes(scene)
    assert server.addresses() == [address(scene, scene.shop.manager)]
    assert outcomes(scene)[scene.shop.admin] == ("dropped", "preference_off", 0)


def test_who_leaves_meanwhile_gets_none(scene: Scene, server: MailServer):
    scene.reply(scene.support)
    drain()
    scene.world.execute("UPDATE people SET active = false WHERE id = :id", id=scene.shop.admin)
    time_passes(scene)
    assert outcomes(scene)[scene.shop.admin] == ("dropped", "left", 0)


def test_the_grace_time_is_the_setting_s(scene: Scene):
    with posting(MailServer(), email_grace_seconds=0) as server:
        scene.reply(scene.support)
        drain()
        assert len(server.addresses()) == 2


def test_without_a_server_no_e_mail_is_made(scene: Scene):
    scene.reply(scene.support)
    drain()
    assert scene.world.count("email_deliveries") == 0
    assert scene.told(scene.shop.admin) == [("ticket.support_replied", 1)]
