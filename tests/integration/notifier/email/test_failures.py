"""E-mails and a real SMTP server in trouble: down, slow, refusing, dying; what is sent, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from services.notifier.deliveries.delivering import deliver
from services.notifier.email.sending import RETRY_DELAYS
from shared.db.models import Role
from shared.db.transactions import transaction
from shared.messaging.events import DeliveryDue
from shared.messaging.outbox.publish import publish
from tests.integration.notifier.email.deliveries import address, outcomes, posting, time_passes
from tests.integration.notifier.scenario import TicketScenario
from tests.support.clients.jobs import drain
from tests.support.fakes.mail_server import ACCEPTED, MailServer


@pytest.fixture
def server(scenario: TicketScenario) -> Iterator[MailServer]:
    with posting(MailServer()) as running:
        scenario.reply(scenario.support)
        drain()
        yield running


def everyone(scenario: TicketScenario) -> list[str]:
    return sorted([address(scenario, scenario.shop.admin), address(scenario, scenario.shop.manager)])


def last_response(scenario: TicketScenario, person: UUID) -> str:
    return str(scenario.db.one("SELECT last_response FROM email_deliveries WHERE person_id = :id", id=person))


def test_a_server_that_is_down_is_tried_again(scenario: TicketScenario, server: MailServer):
    server.stop()
    time_passes(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("waiting", None, 1)
    assert "refused" in last_response(scenario, scenario.shop.admin)
    server.start()
    time_passes(scenario)
    assert server.addresses() == everyone(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("sent", None, 2)


def test_tries_go_on_for_a_day_and_then_end(scenario: TicketScenario, server: MailServer):
    server.stop()
    for _ in range(len(RETRY_DELAYS) + 2):
        time_passes(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("failed", "gave_up", len(RETRY_DELAYS) + 1)
    server.start()
    time_passes(scenario)
    assert server.addresses() == []


def test_the_next_try_is_in_about_a_minute(scenario: TicketScenario, server: MailServer):
    server.stop()
    time_passes(scenario)
    waits = scenario.db.column(
        "SELECT extract(epoch FROM due_at - now()) FROM email_deliveries WHERE outcome = 'waiting'"
    )
    assert len(waits) == 2
    assert all(40 < wait < 70 for wait in waits)


def test_a_slow_server_is_given_up_for_now(scenario: TicketScenario, server: MailServer):
    server.behaviour.wait_seconds = 5
    time_passes(scenario)
    assert {outcome for outcome, *_ in outcomes(scenario).values()} == {"waiting"}
    assert "timed out" in last_response(scenario, scenario.shop.admin)
    assert server.addresses() == []
    server.behaviour.wait_seconds = 0
    time_passes(scenario)
    assert server.addresses() == everyone(scenario)


def test_a_refused_address_ends_there_and_its_neighbour_gets_the_e_mail(
    scenario: TicketScenario, server: MailServer
):
    refused = address(scenario, scenario.shop.admin)
    server.behaviour.to_recipient[refused] = "550 5.1.1 No such user"
    time_passes(scenario)
    assert server.addresses() == [address(scenario, scenario.shop.manager)]
    assert outcomes(scenario)[scenario.shop.admin] == ("failed", "address_refused", 1)
    time_passes(scenario)
    assert outcomes(scenario)[scenario.shop.admin][2] == 1


def test_a_refused_address_is_shown_to_its_person_and_spared(scenario: TicketScenario, server: MailServer):
    admin = scenario.client(scenario.shop.admin)
    assert admin.read("/v1/me")["email_status"] == "ok"
    server.behaviour.to_recipient[address(scenario, scenario.shop.admin)] = "550 5.1.1 No such user"
    time_passes(scenario)
    me = admin.read("/v1/me")
    assert (me["email_status"], me["email_reason"]) == ("refused", "550 5.1.1 No such user")
    assert scenario.client(scenario.shop.manager).read("/v1/me")["email_status"] == "ok"
    scenario.reply(scenario.support)
    drain()
    time_passes(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("dropped", "address_refused", 0)


def test_a_person_has_their_address_tried_again(scenario: TicketScenario, server: MailServer):
    admin, place = scenario.client(scenario.shop.admin), address(scenario, scenario.shop.admin)
    server.behaviour.to_recipient[place] = "550 5.2.2 Mailbox full"
    time_passes(scenario)
    assert admin.call("DELETE", "/v1/me/email-refusal").status_code == 204
    assert admin.read("/v1/me")["email_status"] == "ok"
    server.behaviour.to_recipient.clear()
    scenario.reply(scenario.support)
    drain()
    time_passes(scenario)
    assert len(server.messages_to(place)) == 1


def test_nobody_clears_another_s_refusal(scenario: TicketScenario, server: MailServer):
    server.behaviour.to_recipient[address(scenario, scenario.shop.admin)] = "550 No"
    time_passes(scenario)
    scenario.client(scenario.shop.manager).call("DELETE", "/v1/me/email-refusal")
    assert scenario.client(scenario.shop.admin).read("/v1/me")["email_status"] == "refused"


@pytest.mark.parametrize("where", ["recipient", "data"])
def test_a_temporary_refusal_comes_back(scenario: TicketScenario, server: MailServer, where: str):
    if where == "data":
        server.behaviour.to_data = "451 4.3.0 Try again later"
    else:
        server.behaviour.to_recipient = dict.fromkeys(everyone(scenario), "451 4.7.1 Greylisted")
    time_passes(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("waiting", None, 1)
    assert last_response(scenario, scenario.shop.admin).startswith("451 4.")
    server.behaviour.to_data, server.behaviour.to_recipient = ACCEPTED, {}
    time_passes(scenario)
    assert server.addresses() == everyone(scenario)
    assert scenario.client(scenario.shop.admin).read("/v1/me")["email_status"] == "ok"


def test_a_refused_content_ends_the_e_mail_and_leaves_the_address_alone(
    scenario: TicketScenario, server: MailServer
):
    server.behaviour.to_data = "554 5.7.1 Looks like spam"
    time_passes(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("failed", "message_refused", 1)
    assert scenario.client(scenario.shop.admin).read("/v1/me")["email_status"] == "ok"


def test_a_server_that_dies_with_the_e_mail_in_hand_may_get_it_twice_under_one_id(
    scenario: TicketScenario, server: MailServer
):
    server.behaviour.dies_after_data = True
    time_passes(scenario)
    assert server.addresses() == everyone(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("waiting", None, 1)
    server.behaviour.dies_after_data = False
    time_passes(scenario)
    first, second = server.messages_to(address(scenario, scenario.shop.admin))
    assert first["Message-ID"] == second["Message-ID"]
    time_passes(scenario)
    assert len(server.messages_to(address(scenario, scenario.shop.admin))) == 2
    assert outcomes(scenario)[scenario.shop.admin] == ("sent", None, 2)


def test_a_worker_that_dies_before_sending_loses_nothing(scenario: TicketScenario, server: MailServer):
    """It claimed the e-mails and never came to send them; the second job finds them when the claim ends."""
    ids = scenario.db.column("SELECT id FROM email_deliveries")
    scenario.db.execute("UPDATE email_deliveries SET due_at = now()")
    with transaction() as session:
        assert deliver(session, [job(scenario, id_) for id_ in ids]) is not None
    assert {outcome for outcome, *_ in outcomes(scenario).values()} == {"sending"}
    drain()
    assert server.addresses() == []
    time_passes(scenario)
    assert server.addresses() == everyone(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("sent", None, 2)


def test_what_is_just_added_to_is_sent_once_it_is_free_again(
    scenario: TicketScenario, server: MailServer, database: Engine
):
    """Who adds to it holds its row meanwhile; the job that comes then must not be the last."""
    scenario.db.execute("UPDATE email_deliveries SET due_at = now()")
    scenario.db.execute("UPDATE outbox SET available_at = now()")
    with database.begin() as adding:
        adding.execute(text("SELECT FROM email_deliveries FOR UPDATE"))
        drain()
        assert server.addresses() == []
    time_passes(scenario)
    assert server.addresses() == everyone(scenario)


def test_a_job_that_comes_twice_sends_once(scenario: TicketScenario, server: MailServer):
    with transaction() as session:
        ids = scenario.db.column("SELECT id FROM email_deliveries")
        publish(session, [job(scenario, id_) for id_ in ids * 3])
    time_passes(scenario)
    time_passes(scenario)
    assert server.addresses() == everyone(scenario)


def job(scenario: TicketScenario, delivery_id: UUID) -> DeliveryDue:
    return DeliveryDue(store_id=scenario.shop.id, channel="email", delivery_id=delivery_id)


def test_one_connection_serves_a_batch(scenario: TicketScenario, server: MailServer):
    for _ in range(3):
        scenario.db.person(scenario.shop.id, Role.GESTIONAR_TICKETS)
    scenario.act(scenario.support, "close")
    drain()
    time_passes(scenario)
    assert len(server.addresses()) == 5
    assert server.behaviour.connections == 1


def test_an_address_no_header_can_hold_is_refused_by_ourselves(scenario: TicketScenario, server: MailServer):
    scenario.db.execute("UPDATE people SET email = 'ana at example' WHERE id = :id", id=scenario.shop.admin)
    time_passes(scenario)
    assert outcomes(scenario)[scenario.shop.admin] == ("failed", "address_refused", 1)
    assert server.addresses() == [address(scenario, scenario.shop.manager)]
