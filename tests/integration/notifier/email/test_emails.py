"""E-mails: what they say, whom they reach, and what keeps them from being sent."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.integration.conftest import SignIn
from tests.integration.notifier.email.deliveries import address, outcomes, posting, time_passes
from tests.integration.notifier.scenario import TicketScenario
from tests.support.clients.jobs import drain
from tests.support.factories.database import Database
from tests.support.fakes.mail_server import MailServer


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_support_s_reply_reaches_the_store_after_the_grace_time(scenario: TicketScenario, server: MailServer):
    scenario.reply(scenario.support, "Ya corregimos la tabla de talles.")
    drain()
    assert server.addresses() == []
    time_passes(scenario)
    assert server.addresses() == sorted(
        [address(scenario, scenario.shop.admin), address(scenario, scenario.shop.manager)]
    )
    assert outcomes(scenario)[scenario.shop.admin] == ("sent", None, 1)


def test_both_parts_say_what_happened_with_links_into_the_page(scenario: TicketScenario, server: MailServer):
    scenario.reply(scenario.support, "Ya está.\n<b>Negrita</b> & más")
    time_passes(scenario)
    time_passes(scenario)
    [message] = server.messages_to(address(scenario, scenario.shop.admin))
    plain, html = part(message, "plain"), part(message, "html")
    assert "Soporte respondió en el ticket n.º 1." in plain
    assert "<b>Negrita</b> & más" in plain
    assert "&lt;b&gt;Negrita&lt;/b&gt; &amp; más" in html
    assert "<b>" not in html
    for text in (plain, html):
        assert f"/tickets/{scenario.ticket}" in text
        assert "/v1/unsubscribe?token=" in text


def test_the_language_is_the_person_s(scenario: TicketScenario, server: MailServer):
    scenario.db.execute("UPDATE people SET locale = 'en' WHERE id = :id", id=scenario.shop.admin)
    scenario.reply(scenario.support, "Done.")
    drain()
    time_passes(scenario)
    [message] = server.messages_to(address(scenario, scenario.shop.admin))
    assert "Support replied in ticket no. 1." in part(message, "plain")
    assert '<html lang="en">' in part(message, "html")


def test_a_ticket_s_e_mails_are_one_thread(scenario: TicketScenario, server: MailServer):
    for action in ("messages", "close"):
        scenario.act(scenario.support, action, {"body": "Hola"} if action == "messages" else {})
        drain()
        time_passes(scenario)
    first, second = server.messages_to(address(scenario, scenario.shop.admin))
    assert first["Subject"] == second["Subject"]
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert str(scenario.ticket) in first["References"]
    assert first["Message-ID"] != second["Message-ID"]
    ids = scenario.db.column("SELECT id FROM email_deliveries WHERE person_id = :id", id=scenario.shop.admin)
    assert {first["Message-ID"], second["Message-ID"]} == {f"<{id_}@botmeni.example>" for id_ in ids}


def test_a_store_s_name_cannot_add_headers(scenario: TicketScenario, server: MailServer):
    scenario.db.execute("UPDATE stores SET name = :name", name="Tienda\r\nBcc: otra@example.org")
    scenario.reply(scenario.support)
    drain()
    time_passes(scenario)
    [message] = server.messages_to(address(scenario, scenario.shop.admin))
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Tienda Bcc: otra@example.org")


def test_more_of_the_same_ticket_folds_into_the_one_that_waits(scenario: TicketScenario, server: MailServer):
    scenario.reply(scenario.support, "Uno.")
    drain()
    scenario.reply(scenario.support, "Dos.")
    scenario.act(scenario.support, "close")
    drain()
    time_passes(scenario)
    [message] = server.messages_to(address(scenario, scenario.shop.admin))
    plain = part(message, "plain")
    assert plain.index("Uno.") < plain.index("Dos.") < plain.index("Se cerró el ticket")


def test_what_comes_after_a_first_try_is_an_e_mail_of_its_own(scenario: TicketScenario, server: MailServer):
    """The same Message-ID must not come to stand for two contents."""
    scenario.reply(scenario.support, "Uno.")
    drain()
    server.behaviour.to_data = "451 Later"
    time_passes(scenario)
    scenario.reply(scenario.support, "Dos.")
    drain()
    server.behaviour.to_data = "250 Taken"
    time_passes(scenario)
    first, second = server.messages_to(address(scenario, scenario.shop.admin))
    texts = {part(first, "plain"), part(second, "plain")}
    assert sum("Uno." in text for text in texts) == sum("Dos." in text for text in texts) == 1


@pytest.mark.parametrize("way", ["ticket", "all lines", "one line", "reply"])
def test_who_reads_meanwhile_gets_no_e_mail(scenario: TicketScenario, server: MailServer, way: str):
    scenario.reply(scenario.support)
    drain()
    admin = scenario.client(scenario.shop.admin)
    if way == "ticket":
        scenario.act(scenario.shop.admin, "read")
    elif way == "all lines":
        admin.post("/v1/notifications/read")
    elif way == "one line":
        line = admin.read("/v1/notifications")["items"][0]["id"]
        admin.post("/v1/notifications/read", {"ids": [line]})
    else:
        scenario.reply(scenario.shop.admin)
    time_passes(scenario)
    assert server.addresses() == [address(scenario, scenario.shop.manager)]
    assert outcomes(scenario)[scenario.shop.admin] == ("dropped", "read", 0)


def test_what_was_read_before_its_notification_is_dropped(scenario: TicketScenario, server: MailServer):
    scenario.reply(scenario.support)
    scenario.act(scenario.shop.admin, "read")
    drain()
    time_passes(scenario)
    assert server.addresses() == [address(scenario, scenario.shop.manager)]
    assert outcomes(scenario)[scenario.shop.admin] == ("dropped", "read", 0)


def test_a_reading_that_came_while_the_e_mail_was_written_counts(
    scenario: TicketScenario, server: MailServer
):
    scenario.reply(scenario.support)
    drain()
    scenario.db.execute(
        "INSERT INTO ticket_reads (person_id, ticket_id, store_id, position)"
        " VALUES (:person, :ticket, :store, 2)"
        " ON CONFLICT (person_id, ticket_id) DO UPDATE SET position = 2",
        person=scenario.shop.admin,
        ticket=scenario.ticket,
        store=scenario.shop.id,
    )
    time_passes(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("dropped", "read", 0)


def test_a_line_without_a_ticket_takes_its_own_e_mail_with_it_and_no_other(
    db: Database, sign_in: SignIn, scenario: TicketScenario, server: MailServer
):
    shop = db.shop(units=0)
    admin = sign_in(shop.admin)
    preferences = [{"topic": "parkings", "in_app": True, "email": True}]
    admin.call("PUT", "/v1/notification-preferences", json={"items": preferences})
    for question in db.questions(shop, 2):
        sign_in(shop.manager).rate_ok(question)
    drain()
    first = admin.read("/v1/notifications")["items"][0]["id"]
    admin.post("/v1/notifications/read", {"ids": [first]})
    time_passes(scenario)
    assert server.addresses() == [address(scenario, shop.admin)]


def test_who_turns_e_mails_off_meanwhile_gets_none(scenario: TicketScenario, server: MailServer):
    scenario.reply(scenario.support)
    drain()
    unwanted = [{"topic": "support_replies", "in_app": True, "email": False}]
    scenario.client(scenario.shop.admin).call("PUT", "/v1/notification-preferences", json={"items": unwanted})
    time_passes(scenario)
    assert server.addresses() == [address(scenario, scenario.shop.manager)]
    assert outcomes(scenario)[scenario.shop.admin] == ("dropped", "preference_off", 0)


def test_who_leaves_meanwhile_gets_none(scenario: TicketScenario, server: MailServer):
    scenario.reply(scenario.support)
    drain()
    scenario.db.execute("UPDATE people SET active = false WHERE id = :id", id=scenario.shop.admin)
    time_passes(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("dropped", "left", 0)


def test_the_grace_time_is_the_setting_s(scenario: TicketScenario):
    with posting(MailServer(), email_grace_seconds=0) as server:
        scenario.reply(scenario.support)
        drain()
        assert len(server.addresses()) == 2


def test_without_a_server_no_e_mail_is_made(scenario: TicketScenario):
    scenario.reply(scenario.support)
    drain()
    assert scenario.db.count("email_deliveries") == 0
    assert scenario.unread(scenario.shop.admin) == [("ticket.support_replied", 1)]
