"""A rated answer becomes a ticket: with a number, its first message and the first line of its timeline."""

from uuid import UUID, uuid4

import pytest

from shared.db.transactions import transaction
from shared.messaging.events import QuotaDenied, QuotaGranted
from shared.messaging.outbox.publish import publish
from tests.support.clients.jobs import drain, due, work


def test_a_red_rating_becomes_an_open_ticket_that_shows_its_question(db, sign_in):
    shop = db.shop()
    question = db.question(shop, text="¿Hacen envíos?", answer="No.", origin="pending")
    sign_in(shop.seller).rate_ok(question, "incorrect", "Sí que hacemos envíos")
    drain()
    [listed] = sign_in(shop.admin).walk("/v1/tickets")
    ticket = sign_in(shop.admin).read(f"/v1/tickets/{listed['id']}")
    assert (ticket["number"], ticket["kind"], ticket["status"]) == (1, "question", "open")
    assert (ticket["verdict"], ticket["origin"]) == ("incorrect", "pending")
    assert ticket["excerpt"] == "¿Hacen envíos?"
    assert ticket["opened_by"]["id"] == str(shop.seller)
    assert (ticket["question"]["id"], ticket["question"]["answer"]) == (str(question), "No.")


def test_a_yellow_rating_becomes_a_yellow_ticket(db, sign_in):
    shop = db.shop()
    sign_in(shop.seller).rate_ok(db.question(shop), "improvable")
    drain()
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    assert ticket["verdict"] == "improvable"


def test_the_comment_is_the_first_message(db, sign_in):
    shop = db.shop()
    sign_in(shop.seller).rate_ok(db.question(shop), comment="El precio es otro: $ 1.500 «ñandú» 😀")
    drain()
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    [message] = sign_in(shop.admin).walk(f"/v1/tickets/{ticket['id']}/messages")
    assert message["body"] == "El precio es otro: $ 1.500 «ñandú» 😀"
    assert (message["author"]["id"], message["from_support"]) == (str(shop.seller), False)


def test_without_a_comment_the_conversation_is_empty(db, sign_in):
    shop = db.shop()
    sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    assert sign_in(shop.admin).walk(f"/v1/tickets/{ticket['id']}/messages") == []


def test_the_timeline_begins_with_who_opened_it(db, sign_in):
    shop = db.shop()
    sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    [ticket] = sign_in(shop.admin).walk("/v1/tickets")
    [line] = sign_in(shop.admin).walk(f"/v1/tickets/{ticket['id']}/timeline")
    assert (line["kind"], line["actor"]["id"]) == ("opened", str(shop.seller))


def test_the_rating_knows_its_ticket(db, sign_in):
    shop = db.shop()
    question = db.question(shop)
    sign_in(shop.seller).rate_ok(question)
    drain()
    rating = sign_in(shop.seller).read(f"/v1/questions/{question}")["rating"]
    assert rating["outcome"] == "ticketed"
    assert rating["ticket"]["number"] == 1
    assert rating["ticket"]["status"] == "open"


def test_numbers_count_up_per_store(db, sign_in):
    one, other = db.shop(), db.shop()
    for shop in (one, other, one, one):
        sign_in(shop.seller).rate_ok(db.question(shop))
        drain()
    numbers = [ticket["number"] for ticket in sign_in(one.admin).walk("/v1/tickets")]
    assert sorted(numbers) == [1, 2, 3]
    assert [ticket["number"] for ticket in sign_in(other.admin).walk("/v1/tickets")] == [1]


def test_tickets_of_one_batch_are_numbered_in_the_order_they_were_rated(db, sign_in):
    shop = db.shop()
    questions = db.questions(shop, 5)
    for question in questions:
        sign_in(shop.seller).rate_ok(question)
    drain()
    assert db.column("SELECT question_id FROM tickets ORDER BY number") == questions


def test_a_unit_granted_twice_opens_one_ticket(db, sign_in):
    shop = db.shop()
    sign_in(shop.seller).rate_ok(db.question(shop))
    work("quota.check")
    [granted] = db.column("SELECT payload FROM outbox WHERE consumer = 'tickets.open'")
    event = QuotaGranted(
        store_id=shop.id, subject_kind="rating", subject_id=granted["subject_id"], actor_id=shop.seller
    )
    with transaction() as session:
        publish(session, [event, event])
    drain()
    with transaction() as session:
        publish(session, [event])
    drain()
    assert db.count("tickets") == 1
    assert db.count("timeline") == 1
    assert db.count("outbox") == 0
    assert db.column("SELECT last_number FROM ticket_counters") == [1]


@pytest.mark.parametrize("outcome", ["ticketed", "none"])
def test_a_denial_that_comes_late_parks_nothing(db, sign_in, outcome):
    shop = db.shop()
    rating = sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    db.execute("UPDATE ratings SET outcome = :outcome", outcome=outcome)
    db.execute("DELETE FROM notifications")
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
    assert db.column("SELECT outcome FROM ratings") == [outcome]
    assert db.count("notifications") == 0
    assert db.count("outbox") == 0


def test_a_grant_for_what_does_not_exist_opens_nothing_and_holds_up_nobody(db, sign_in):
    shop = db.shop()
    ghost = QuotaGranted(store_id=shop.id, subject_kind="rating", subject_id=uuid4(), actor_id=shop.seller)
    with transaction() as session:
        publish(session, [ghost])
    sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    assert db.count("tickets") == 1
    assert due() == {}
    assert db.count("outbox") == 0


def test_one_correlation_id_follows_a_rating_to_its_ticket(db, sign_in):
    shop = db.shop()
    answer = sign_in(shop.seller).call(
        "PUT",
        f"/v1/questions/{db.question(shop)}/rating",
        json={"verdict": "incorrect"},
        headers={"X-Request-ID": "journey-0001"},
    )
    assert answer.headers["X-Request-ID"] == "journey-0001"
    for consumer in ("quota.check", "tickets.open", "notifier.fan_out"):
        carried = db.column(
            "SELECT payload ->> 'correlation_id' FROM outbox WHERE consumer = :name", name=consumer
        )
        assert carried == ["journey-0001"]
        work(consumer)
