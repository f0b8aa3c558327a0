"""Who is notified of what: everyone who has a part in it but for the person who acted, each once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.clock import now
from shared.db.models import Role
from shared.db.transactions import transaction
from shared.messaging.events import (
    Event,
    QuotaThresholdReached,
    TicketAssigned,
    TicketStatusChanged,
    WebhookDisabled,
)
from shared.messaging.outbox.publish import publish
from tests.integration.conftest import SignIn
from tests.integration.notifier.scenario import TicketScenario
from tests.support.clients.jobs import drain
from tests.support.factories.database import Database


def notify(event: Event) -> None:
    with transaction() as session:
        publish(session, [event])
    drain()


def test_support_is_notified_of_a_new_ticket(db: Database, sign_in: SignIn):
    shop, first, second = db.shop(), db.support(), db.support()
    sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    assert db.column("SELECT event FROM notifications") == ["ticket.opened"] * 2
    assert set(db.column("SELECT person_id FROM notifications")) == {first, second}


def test_support_is_notified_of_the_store_s_reply(scenario: TicketScenario):
    scenario.reply(scenario.shop.admin)
    drain()
    assert scenario.recipients("ticket.store_replied") == {scenario.support, scenario.colleague}


def test_the_store_is_notified_of_support_s_reply_and_people_without_the_module_are_not(
    scenario: TicketScenario,
):
    scenario.reply(scenario.support)
    drain()
    assert scenario.recipients("ticket.support_replied") == {scenario.shop.admin, scenario.shop.manager}


def test_a_colleague_with_a_part_in_the_ticket_is_notified_of_support_s_reply(scenario: TicketScenario):
    scenario.reply(scenario.colleague, internal=True)
    scenario.reply(scenario.support)
    drain()
    assert scenario.colleague in scenario.recipients("ticket.support_replied")


def test_the_assignee_has_a_part_in_the_ticket(scenario: TicketScenario):
    scenario.db.execute("UPDATE tickets SET assignee_id = :id", id=scenario.colleague)
    scenario.act(scenario.shop.admin, "close")
    drain()
    assert scenario.recipients("ticket.closed") == {scenario.shop.manager, scenario.colleague}


def test_who_holds_the_ticket_and_wrote_in_it_is_notified_once(scenario: TicketScenario):
    scenario.reply(scenario.colleague)
    scenario.db.execute("UPDATE tickets SET assignee_id = :id", id=scenario.colleague)
    drain()
    scenario.forget()
    scenario.reply(scenario.support)
    drain()
    assert scenario.unread(scenario.colleague) == [("ticket.support_replied", 1)]


def test_an_internal_note_notifies_nobody(scenario: TicketScenario):
    scenario.reply(scenario.support, internal=True)
    drain()
    assert scenario.db.count("notifications") == 0


@pytest.mark.parametrize("closer", ["manager", "support"])
def test_everyone_with_a_part_is_notified_of_closing_but_for_who_closed(
    scenario: TicketScenario, closer: str
):
    scenario.reply(scenario.support)
    drain()
    scenario.forget()
    acting = scenario.support if closer == "support" else scenario.shop.manager
    scenario.act(acting, "close")
    drain()
    everyone = {scenario.shop.admin, scenario.shop.manager, scenario.support}
    assert scenario.recipients("ticket.closed") == everyone - {acting}


def test_both_sides_are_notified_of_reopening(scenario: TicketScenario):
    scenario.act(scenario.shop.manager, "close")
    scenario.act(scenario.shop.manager, "reopen")
    drain()
    recipients = scenario.recipients("ticket.reopened")
    assert recipients == {scenario.shop.admin, scenario.support, scenario.colleague}


def test_only_the_assignee_is_notified_of_an_assignment(scenario: TicketScenario):
    notify(assigned(scenario, to=scenario.colleague))
    assert scenario.recipients("ticket.assigned") == {scenario.colleague}


def test_who_takes_a_ticket_over_is_not_notified(scenario: TicketScenario):
    notify(assigned(scenario, to=scenario.support))
    notify(assigned(scenario, to=None))
    assert scenario.db.count("notifications") == 0


def assigned(scenario: TicketScenario, to: UUID | None) -> TicketAssigned:
    return TicketAssigned(
        store_id=scenario.shop.id,
        ticket_id=scenario.ticket,
        number=1,
        actor_id=scenario.support,
        assignee_id=to,
    )


def test_the_store_is_notified_that_its_ticket_was_taken_up(scenario: TicketScenario):
    notify(
        TicketStatusChanged(
            store_id=scenario.shop.id,
            ticket_id=scenario.ticket,
            number=1,
            actor_id=scenario.support,
            status="in_progress",
        )
    )
    recipients = scenario.recipients("ticket.status_changed")
    assert recipients == {scenario.shop.admin, scenario.shop.manager}


def test_the_store_s_other_people_are_notified_of_a_parked_rating(db: Database, sign_in: SignIn):
    shop = db.shop(units=0)
    sign_in(shop.manager).rate_ok(db.question(shop))
    drain()
    parked = "SELECT person_id FROM notifications WHERE event = 'rating.parked'"
    assert db.column(parked) == [shop.admin]


def test_both_sides_are_notified_of_a_parked_ticket_that_is_promoted(db: Database, sign_in: SignIn):
    shop, support = db.shop(units=0), db.support()
    writer = sign_in(shop.manager)
    made: Any = writer.post("/v1/tickets", {"body": "¿Cómo cambio mi logo?", "verdict": "improvable"}).json
    drain()
    assert db.column("SELECT person_id FROM notifications WHERE event = 'ticket.parked'") == [shop.admin]
    db.execute("UPDATE quota_periods SET unit_limit = 1")
    writer.post(f"/v1/tickets/{made['id']}/promote")
    drain()
    recipients = db.column("SELECT person_id FROM notifications WHERE event = 'ticket.promoted'")
    assert set(recipients) == {shop.admin, support}


@pytest.mark.parametrize("percent", [80, 100])
def test_the_store_is_notified_of_its_quota(scenario: TicketScenario, percent: int):
    notify(QuotaThresholdReached(store_id=scenario.shop.id, percent=percent, used=percent, unit_limit=100))
    recipients = scenario.recipients("quota.threshold_reached")
    assert recipients == {scenario.shop.admin, scenario.shop.manager}


def test_only_administrators_are_notified_of_a_disabled_webhook(scenario: TicketScenario):
    notify(
        WebhookDisabled(
            store_id=scenario.shop.id, endpoint_id=uuid4(), url="https://hooks.example/x", reason="failing"
        )
    )
    assert scenario.recipients("webhook.disabled") == {scenario.shop.admin}


def test_who_has_two_roles_is_notified_once(scenario: TicketScenario):
    both = scenario.db.person(scenario.shop.id, Role.ADMINISTRADOR, Role.GESTIONAR_TICKETS)
    scenario.reply(scenario.support)
    drain()
    assert scenario.unread(both) == [("ticket.support_replied", 1)]


def test_people_who_left_are_not_notified(scenario: TicketScenario):
    scenario.db.execute("UPDATE people SET active = false WHERE id = :id", id=scenario.shop.admin)
    scenario.reply(scenario.support)
    drain()
    assert scenario.recipients("ticket.support_replied") == {scenario.shop.manager}


def test_other_stores_are_not_notified(scenario: TicketScenario):
    other = scenario.db.shop()
    scenario.reply(scenario.support)
    drain()
    assert scenario.unread(other.admin) == []


def of_one_ticket(scenario: TicketScenario, kind: Callable[..., Event], actor: UUID) -> Event:
    return kind(store_id=scenario.shop.id, ticket_id=scenario.ticket, number=1, actor_id=actor, status="open")


def test_a_batch_excludes_the_actor_of_each_event_and_no_other(scenario: TicketScenario):
    """Two people act in one batch: each is notified of what the other did."""
    with transaction() as session:
        publish(
            session,
            [
                of_one_ticket(scenario, TicketStatusChanged, scenario.shop.admin),
                of_one_ticket(scenario, TicketStatusChanged, scenario.shop.manager),
            ],
        )
    drain()
    assert scenario.unread(scenario.shop.admin) == [("ticket.status_changed", 1)]
    assert scenario.unread(scenario.shop.manager) == [("ticket.status_changed", 1)]
    assert scenario.db.count("notifications", "created_at <= :now", now=now()) == 2
