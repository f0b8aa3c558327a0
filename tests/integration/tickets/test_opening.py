"""A rated answer becomes a ticket: with a number, its first message and the first line of its timeline."""

from uuid import UUID, uuid4

import pytest

from shared.db.transactions import transaction
from shared.messaging.events import QuotaDenied, QuotaGranted
from shared.messaging.outbox.publish import publish
from tests.support.clients.jobs import drain, due, work


def test_a_red_rating_becomes_an_open_ticket_that_tells_of_its_question(world, sign_in):
    shop = world.shop()
    question = world.question(shop, text="¿Hacen envíos?", answer="No.", origin="pending")
    sign_in(shop.seller).rated(question, "incorrect", "Sí que hacemos envíos")
    drain()
    [listed] = sign_in(shop.admin).walk("/v1/tickets")
    ticket = sign_in(shop.admin).read(f"/v1/tickets/{listed['id']}")
    assert (ticket["number"], ticket["kind"], ticket["status"]) == (1, "question", "open")
    assert (ticket["verdict"], ticket["origin"]) == ("incorrect", "pending")
    assert ticket["excerpt"] == "¿Hacen envíos?"
    assert ticket["opened_by"]["id"] == str(shop.seller)
    assert (ticket["question"]["id"], ticket["question"]["answer"]) == (str(question), "No.")


def test_a_yellow_rating_becomes_a_yellow_ticket(world, sign_in):
    shop = world.shop()
    sign_in(shop.seller).rated(world.question(shop), "improvable")
    drain()
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    assert ticket["verdict"] == "improvable"


def test_the_comment_is_the_first_message(world, sign_in):
    shop = world.shop()
    sign_in(shop.seller).rated(world.question(shop), comment="El precio es otro: $ 1.500 «ñandú» 😀")
    drain()
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    [message] = sign_in(shop.admin).walk(f"/v1/tickets/{ticket['id']}/messages")
    assert message["body"] == "El precio es otro: $ 1.500 «ñandú» 😀"
    assert (message["author"]["id"], message["from_support"]) == (str(shop.seller), False)


def test_without_a_comment_the_conversation_is_empty(world, sign_in):
    shop = world.shop()
    sign_in(shop.seller).rated(world.question(shop))
    drain()
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    assert sign_in(shop.admin).walk(f"/v1/tickets/{ticket['id']}/messages") == []


def test_the_timeline_begins_with_who_opened_it(world, sign_in):
    shop = world.shop()
    sign_in(shop.seller).rated(world.question(shop))
    drain()
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    [line] = sign_in(shop.admin).walk(f"/v1/tickets/{ticket['id']}/timeline")
    assert (line["kind"], line["actor"]["id"]) == ("opened", str(shop.seller))


def test_the_rating_knows_its_ticket(world, sign_in):
    shop = world.shop()
    question = world.question(shop)
    sign_in(shop.seller).rated(question)
    drain()
    rating = sign_in(shop.seller).read(f"/v1/questions/{question}")["rating"]
    assert rating["outcome"] == "ticketed"
    assert rating["ticket"]["number"] == 1
    assert rating["ticket"]["status"] == "open"


def test_numbers_count_up_per_store(world, sign_in):
    one, other = world.shop(), world.shop()
    for shop in (one, other, one, one):
        sign_in(shop.seller).rated(world.question(shop))
        drain()
    numbers = [ticket["number"] for ticket in sign_in(one.admin).walk("/v1/tickets")]
    assert sorted(numbers) == [1, 2, 3]
    assert [ticket["number"] for ticket in sign_in(other.admin).walk("/v1/tickets")] == [1]


def test_tickets_of_one_batch_are_numbered_in_the_order_they_were_rated(world, sign_in):
    shop = world.shop()
    questions = world.questions(shop, 5)
    for question in questions:
        sign_in(shop.seller).rated(question)
    drain()
    assert world.column("SELECT question_id FROM tickets ORDER BY number") == questions


def test_a_unit_granted_twice_opens_one_ticket(world, sign_in):
    shop = world.shop()
    sign_in(shop.seller).rated(world.question(shop))
    work("quota.check")
    [granted] = world.column("SELECT payload FROM outbox WHERE consumer = 'tickets.open'")
    event = QuotaGranted(
        store_id=shop.id, subject_kind="rating", subject_id=granted["subject_id"], actor_id=shop.seller
    )
    with transaction() as session:
        publish(session, [event, event])
    drain()
    with transaction() as session:
        publish(session, [event])
    drain()
    assert world.count("tickets") == 1
    assert world.count("timeline") == 1
    assert world.count("outbox") == 0
    assert world.column("SELECT last_number FROM ticket_counters") == [1]


@pytest.mark.parametrize("outcome", ["ticketed", "none"])
def test_a_denial_that_comes_late_parks_nothing(world, sign_in, outcome):
    shop = world.shop()
    rating = sign_in(shop.seller).rated(world.question(shop))
    drain()
    world.execute("UPDATE ratings SET outcome = :outcome", outcome=outcome)
    world.execute("DELETE FROM notifications")
    late = QuotaDenied(
        store_id=shop.id,
        subject_kind="rating",
        subject_id=UUID(rating["id"]),
        actor_id=shop.seller,
        reason="quota_exhausted",
    )
    with transaction() as session:
        publish(session, [late])
    drain()
    assert world.column("SELECT outcome FROM ratings") == [outcome]
    assert world.count("notifications") == 0
    assert world.count("outbox") == 0


def test_a_grant_for_what_does_not_exist_opens_nothing_and_holds_up_nobody(world, sign_in):
    shop = world.shop()
    ghost = QuotaGranted(store_id=shop.id, subject_kind="rating", subject_id=uuid4(), actor_id=shop.seller)
    with transaction() as session:
        publish(session, [ghost])
    sign_in(shop.seller).rated(world.question(shop))
    drain()
    assert world.count("tickets") == 1
    assert due() == {}
    assert world.count("outbox") == 0


def test_one_correlation_id_follows_a_rating_to_its_ticket(world, sign_in):
    shop = world.shop()
    answer = sign_in(shop.seller).call(
        "PUT",
        f"/v1/questions/{world.question(shop)}/rating",
        json={"verdict": "incorrect"},
        headers={"X-Request-ID": "journey-0001"},
    )
    assert answer.headers["X-Request-ID"] == "journey-0001"
    for consumer in ("quota.check", "tickets.open", "notifier.fan_out"):
        carried = world.column(
            "SELECT payload ->> 'correlation_id' FROM outbox WHERE consumer = :name", name=consumer
        )
        assert carried == ["journey-0001"]
        work(consumer)
