"""Who hears of what: everyone who has a part in it, but for the person who acted, and each of them once."""

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
from tests.integration.notifier.scenario import Scene
from tests.support.clients.jobs import drain
from tests.support.factories.database import World


def tell(event: Event) -> None:
    with transaction() as session:
        publish(session, [event])
    drain()


def test_support_hears_of_a_new_ticket(world: World, sign_in: SignIn):
    shop, first, second = world.shop(), world.support(), world.support()
    sign_in(shop.seller).rated(world.question(shop))
    drain()
    assert world.column("SELECT event FROM notifications") == ["ticket.opened"] * 2
    assert set(world.column("SELECT person_id FROM notifications")) == {first, second}


def test_support_hears_of_the_store_s_reply(scene: Scene):
    scene.reply(scene.shop.admin)
    drain()
    assert scene.everyone_told("ticket.store_replied") == {scene.support, scene.colleague}


def test_the_store_hears_of_support_s_reply_and_people_without_the_module_do_not(scene: Scene):
    scene.reply(scene.support)
    drain()
    assert scene.everyone_told("ticket.support_replied") == {scene.shop.admin, scene.shop.manager}


def test_a_colleague_with_a_part_in_the_ticket_hears_of_support_s_reply(scene: Scene):
    scene.reply(scene.colleague, internal=True)
    scene.reply(scene.support)
    drain()
    assert scene.colleague in scene.everyone_told("ticket.support_replied")


def test_the_assignee_has_a_part_in_the_ticket(scene: Scene):
    scene.world.execute("UPDATE tickets SET assignee_id = :id", id=scene.colleague)
    scene.act(scene.shop.admin, "close")
    drain()
    assert scene.everyone_told("ticket.closed") == {scene.shop.manager, scene.colleague}


def test_who_holds_the_ticket_and_wrote_in_it_is_told_once(scene: Scene):
    scene.reply(scene.colleague)
    scene.world.execute("UPDATE tickets SET assignee_id = :id", id=scene.colleague)
    drain()
    scene.forget()
    scene.reply(scene.support)
    drain()
    assert scene.told(scene.colleague) == [("ticket.support_replied", 1)]


def test_an_internal_note_tells_nobody(scene: Scene):
    scene.reply(scene.support, internal=True)
    drain()
    assert scene.world.count("notifications") == 0


@pytest.mark.parametrize("closer", ["manager", "support"])
def test_everyone_with_a_part_hears_of_closing_but_for_who_closed(scene: Scene, closer: str):
    scene.reply(scene.support)
    drain()
    scene.forget()
    acting = scene.support if closer == "support" else scene.shop.manager
    scene.act(acting, "close")
    drain()
    everyone = {scene.shop.admin, scene.shop.manager, scene.support}
    assert scene.everyone_told("ticket.closed") == everyone - {acting}


def test_both_sides_hear_of_reopening(scene: Scene):
    scene.act(scene.shop.manager, "close")
    scene.act(scene.shop.manager, "reopen")
    drain()
    told = scene.everyone_told("ticket.reopened")
    assert told == {scene.shop.admin, scene.support, scene.colleague}


def test_only_the_assignee_hears_of_an_assignment(scene: Scene):
    tell(assigned(scene, to=scene.colleague))
    assert scene.everyone_told("ticket.assigned") == {scene.colleague}


def test_who_takes_a_ticket_over_needs_no_telling(scene: Scene):
    tell(assigned(scene, to=scene.support))
    tell(assigned(scene, to=None))
    assert scene.world.count("notifications") == 0


def assigned(scene: Scene, to: UUID | None) -> TicketAssigned:
    return TicketAssigned(
        store_id=scene.shop.id,
        ticket_id=scene.ticket,
        number=1,
        actor_id=scene.support,
        assignee_id=to,
    )


def test_the_store_hears_that_its_ticket_was_taken_up(scene: Scene):
    tell(
        TicketStatusChanged(
            store_id=scene.shop.id,
            ticket_id=scene.ticket,
            number=1,
            actor_id=scene.support,
            status="in_progress",
        )
    )
    told = scene.everyone_told("ticket.status_changed")
    assert told == {scene.shop.admin, scene.shop.manager}


def test_a_parked_rating_is_told_to_the_store_s_other_people(world: World, sign_in: SignIn):
    shop = world.shop(units=0)
    sign_in(shop.manager).rated(world.question(shop))
    drain()
    parked = "SELECT person_id FROM notifications WHERE event = 'rating.parked'"
    assert world.column(parked) == [shop.admin]


def test_a_parked_ticket_that_is_promoted_is_told_to_both_sides(world: World, sign_in: SignIn):
    shop, support = world.shop(units=0), world.support()
    writer = sign_in(shop.manager)
    made: Any = writer.post("/v1/tickets", {"body": "¿Cómo cambio mi logo?", "verdict": "improvable"}).json
    drain()
    assert world.column("SELECT person_id FROM notifications WHERE event = 'ticket.parked'") == [shop.admin]
    world.execute("UPDATE quota_periods SET unit_limit = 1")
    writer.post(f"/v1/tickets/{made['id']}/promote")
    drain()
    told = world.column("SELECT person_id FROM notifications WHERE event = 'ticket.promoted'")
    assert set(told) == {shop.admin, support}


@pytest.mark.parametrize("percent", [80, 100])
def test_the_store_hears_of_its_quota(scene: Scene, percent: int):
    tell(QuotaThresholdReached(store_id=scene.shop.id, percent=percent, used=percent, unit_limit=100))
    told = scene.everyone_told("quota.threshold_reached")
    assert told == {scene.shop.admin, scene.shop.manager}


def test_only_administrators_hear_of_a_disabled_webhook(scene: Scene):
    tell(
        WebhookDisabled(
            store_id=scene.shop.id, endpoint_id=uuid4(), url="https://hooks.example/x", reason="failing"
        )
    )
    assert scene.everyone_told("webhook.disabled") == {scene.shop.admin}


def test_two_roles_are_told_once(scene: Scene):
    both = scene.world.person(scene.shop.id, Role.ADMINISTRADOR, Role.GESTIONAR_TICKETS)
    scene.reply(scene.support)
    drain()
    assert scene.told(both) == [("ticket.support_replied", 1)]


def test_people_who_left_are_told_nothing(scene: Scene):
    scene.world.execute("UPDATE people SET active = false WHERE id = :id", id=scene.shop.admin)
    scene.reply(scene.support)
    drain()
    assert scene.everyone_told("ticket.support_replied") == {scene.shop.manager}


def test_other_stores_hear_nothing(scene: Scene):
    other = scene.world.shop()
    scene.reply(scene.support)
    drain()
    assert scene.told(other.admin) == []


def of_one_ticket(scene: Scene, kind: Callable[..., Event], actor: UUID) -> Event:
    return kind(store_id=scene.shop.id, ticket_id=scene.ticket, number=1, actor_id=actor, status="open")


def test_a_batch_excludes_the_actor_of_each_event_and_no_other(scene: Scene):
    """Two people act in one batch: each hears of the other's doing."""
    with transaction() as session:
        publish(
            session,
            [
                of_one_ticket(scene, TicketStatusChanged, scene.shop.admin),
                of_one_ticket(scene, TicketStatusChanged, scene.shop.manager),
            ],
        )
    drain()
    assert scene.told(scene.shop.admin) == [("ticket.status_changed", 1)]
    assert scene.told(scene.shop.manager) == [("ticket.status_changed", 1)]
    assert scene.world.count("notifications", "created_at <= :now", now=now()) == 2
