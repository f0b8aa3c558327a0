"""What the users' own guide says of tickets, sentence by sentence, on the running system.

The demo people: diego (administrador), elena (gestiona tickets) and facundo (no roles) of a store without
limit; ana of one with 20 units a period; joan of one with 3; gloria of one whose plan has no tickets; marina
of support.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import Enter
from tests.support.clients.http import Client
from tests.support.waiting import until


def unrated(person: Client, origin: str = "history") -> str:
    """A question of the person's store that nobody has rated yet."""
    return str(person.read("/v1/questions", origin=origin, rated="false", limit=1)["items"][0]["id"])


def rate(person: Client, question: str, verdict: str, comment: str = "No es lo que vendemos") -> Any:
    return person.rate_ok(question, verdict, comment)


def settled(person: Client, question: str) -> Any:
    """The rating of a question once its wish for a ticket was answered."""

    def look() -> Any:
        rating = person.read(f"/v1/questions/{question}")["rating"]
        return rating if rating["outcome"] != "pending" else None

    return until(look)


def new_ticket(person: Client, body: str = "¿Pueden ayudarnos?", verdict: str = "improvable") -> str:
    """A generic ticket, once it is open."""
    ticket = str(person.post_ok("/v1/tickets", {"body": body, "verdict": verdict})["id"])
    until(lambda: person.read(f"/v1/tickets/{ticket}")["status"] == "open")
    return ticket


def texts(person: Client, ticket: str) -> list[str]:
    return [message["body"] for message in person.read(f"/v1/tickets/{ticket}/messages")["items"]]


def test_a_ticket_can_be_created_independently_of_a_question(enter: Enter):
    diego = enter("diego")
    ticket = diego.read(f"/v1/tickets/{new_ticket(diego, 'Una consulta')}")
    assert (ticket["kind"], ticket["question"]) == ("generic", None)


@pytest.mark.parametrize("verdict", ["improvable", "incorrect"])
def test_rating_an_answer_improvable_or_incorrect_generates_a_ticket(enter: Enter, verdict: str):
    diego = enter("diego")
    question = unrated(diego)
    rate(diego, question, verdict)
    ticket = settled(diego, question)["ticket"]
    assert diego.read(f"/v1/tickets/{ticket['id']}")["verdict"] == verdict


def test_rating_an_answer_correct_generates_no_ticket(enter: Enter):
    diego = enter("diego")
    question = unrated(diego)
    assert rate(diego, question, "correct")["outcome"] == "none"
    assert diego.read(f"/v1/questions/{question}")["rating"]["ticket"] is None


@pytest.mark.parametrize(("user", "status"), [("diego", 200), ("elena", 200), ("facundo", 403)])
def test_the_module_is_for_administrators_and_people_who_manage_tickets(enter: Enter, user: str, status: int):
    assert enter(user).get("/v1/tickets").status_code == status


def test_signing_in_comes_first(enter: Enter):
    diego = enter("diego")
    diego._headers.pop("Authorization")
    assert diego.get("/v1/tickets").status_code == 401


def test_the_list_shows_the_tickets_of_the_own_account_and_no_others(enter: Enter):
    diego, joan = enter("diego"), enter("joan")
    ticket = new_ticket(diego)
    assert ticket in [item["id"] for item in diego.read("/v1/tickets", limit=100)["items"]]
    assert ticket not in [item["id"] for item in joan.read("/v1/tickets", limit=100)["items"]]


def test_the_filter_status_shows_only_tickets_of_that_status(enter: Enter):
    diego = enter("diego")
    diego.post_ok(f"/v1/tickets/{new_ticket(diego)}/close")
    new_ticket(diego)
    assert {item["status"] for item in diego.read("/v1/tickets", status="closed")["items"]} == {"closed"}


def test_several_filters_show_the_tickets_that_meet_all_of_them(enter: Enter):
    diego = enter("diego")
    ticket = new_ticket(diego, verdict="incorrect")
    other = new_ticket(diego, verdict="improvable")
    found = diego.read("/v1/tickets", status="open", verdict="incorrect", kind="generic", limit=100)["items"]
    ids = [item["id"] for item in found]
    assert ticket in ids
    assert other not in ids
    assert {(item["status"], item["verdict"], item["kind"]) for item in found} == {
        ("open", "incorrect", "generic")
    }


def test_clearing_the_filters_shows_all_tickets_again(enter: Enter):
    diego = enter("diego")
    diego.post_ok(f"/v1/tickets/{new_ticket(diego)}/close")
    new_ticket(diego)
    assert {"open", "closed"} <= {item["status"] for item in diego.read("/v1/tickets", limit=100)["items"]}


def test_the_detail_begins_with_the_question_whose_rating_generated_it(enter: Enter):
    diego = enter("diego")
    question = unrated(diego)
    rate(diego, question, "incorrect", "Falta el talle")
    ticket = settled(diego, question)["ticket"]["id"]
    assert diego.read(f"/v1/tickets/{ticket}")["question"]["id"] == question
    assert texts(diego, ticket) == ["Falta el talle"]


def test_the_detail_of_a_generic_ticket_begins_with_its_first_comment(enter: Enter):
    diego = enter("diego")
    ticket = new_ticket(diego, "Mi primer comentario")
    diego.post_ok(f"/v1/tickets/{ticket}/messages", {"body": "Y otro"})
    assert texts(diego, ticket) == ["Mi primer comentario", "Y otro"]


def test_a_new_ticket_can_hold_links(enter: Enter):
    diego = enter("diego")
    body = "Miren https://tienda.example/producto?talle=40"
    assert texts(diego, new_ticket(diego, body)) == [body]


@pytest.mark.parametrize("verdict", ["improvable", "incorrect"])
def test_a_new_ticket_is_rated_with_the_yellow_or_the_red_circle(enter: Enter, verdict: str):
    diego = enter("diego")
    assert diego.read(f"/v1/tickets/{new_ticket(diego, verdict=verdict)}")["verdict"] == verdict


def test_a_new_ticket_needs_a_circle(enter: Enter):
    assert enter("diego").post("/v1/tickets", {"body": "Sin círculo"}).status_code == 422


def test_the_plans_say_which_have_tickets_and_how_many(enter: Enter):
    plans = {plan["code"]: plan for plan in enter("diego").read("/v1/plans")["items"]}
    assert not plans["inicial"]["tickets_included"]
    assert plans["crecimiento"]["units_per_period"] == 20
    assert plans["ilimitado"]["units_per_period"] is None
    assert all(plan["benefits"] for plan in plans.values())


def test_the_store_sees_how_many_tickets_are_left(enter: Enter):
    ana = enter("ana")
    before = ana.read("/v1/quota")["used"]
    new_ticket(ana)
    after = ana.read("/v1/quota")
    assert (after["used"], after["limit"], after["remaining"]) == (before + 1, 20, 19 - before)


def test_a_plan_without_limit_never_runs_out(enter: Enter):
    diego = enter("diego")
    new_ticket(diego)
    quota = diego.read("/v1/quota")
    assert (quota["limit"], quota["remaining"]) == (None, None)


def test_without_tickets_in_the_plan_the_rating_is_saved_and_no_ticket_is_made(enter: Enter):
    gloria = enter("gloria")
    question = unrated(gloria)
    rate(gloria, question, "incorrect", "Mal")
    rating = settled(gloria, question)
    assert (rating["comment"], rating["outcome"], rating["ticket"]) == ("Mal", "parked", None)
    assert rating["parked_reason"] == "plan_without_tickets"


def test_with_no_tickets_left_the_rating_is_saved_and_no_ticket_is_made(enter: Enter):
    joan = enter("joan")
    for _ in range(joan.read("/v1/quota")["remaining"]):
        new_ticket(joan)
    question = unrated(joan)
    rate(joan, question, "improvable")
    rating = settled(joan, question)
    assert (rating["verdict"], rating["parked_reason"]) == ("improvable", "quota_exhausted")


@pytest.mark.parametrize("origin", ["history", "test", "pending"])
def test_a_rated_question_leads_to_its_ticket_in_each_of_the_three_modules(enter: Enter, origin: str):
    elena = enter("elena")
    question = unrated(elena, origin)
    rate(elena, question, "incorrect", "Revisen esto")
    ver_ticket = settled(elena, question)["ticket"]
    ticket = elena.read(f"/v1/tickets/{ver_ticket['id']}")
    assert (ticket["number"], ticket["origin"]) == (ver_ticket["number"], origin)


def test_a_ticket_stands_out_while_it_has_messages_one_has_not_read(enter: Enter):
    diego, marina = enter("diego"), enter("marina")
    ticket = new_ticket(diego)
    marina.post_ok(f"/v1/tickets/{ticket}/messages", {"body": "Lo estamos viendo"})

    def unread() -> Any:
        return {item["id"]: item["unread"] for item in diego.read("/v1/tickets", limit=100)["items"]}[ticket]

    assert unread()
    diego.post_ok(f"/v1/tickets/{ticket}/read")
    assert not unread()


def test_a_notification_arrives_when_support_answers(enter: Enter):
    diego, marina = enter("diego"), enter("marina")
    ticket = new_ticket(diego)
    marina.post_ok(f"/v1/tickets/{ticket}/messages", {"body": "Ya está"})
    until(lambda: ticket in [item["ticket_id"] for item in diego.read("/v1/notifications")["items"]])


def test_a_notification_arrives_when_support_manages_the_ticket(enter: Enter):
    elena, marina = enter("elena"), enter("marina")
    ticket = new_ticket(elena)
    marina.post_ok(f"/v1/tickets/{ticket}/close", {"cause": "tone", "resolution": "Tono corregido"})

    def unread_events() -> Any:
        items = elena.read("/v1/notifications")["items"]
        return [item["event"] for item in items if item["ticket_id"] == ticket]

    assert until(unread_events) == ["ticket.closed"]


def test_the_communication_goes_on_with_new_messages(enter: Enter):
    diego, marina = enter("diego"), enter("marina")
    ticket = new_ticket(diego, "Uno")
    marina.post_ok(f"/v1/tickets/{ticket}/messages", {"body": "Dos"})
    diego.post_ok(f"/v1/tickets/{ticket}/messages", {"body": "Tres: https://ejemplo.example"})
    assert texts(marina, ticket) == ["Uno", "Dos", "Tres: https://ejemplo.example"]


def test_a_closed_ticket_passes_to_the_status_closed_and_can_still_be_seen(enter: Enter):
    diego = enter("diego")
    ticket = new_ticket(diego, "Ya lo resolví")
    diego.post_ok(f"/v1/tickets/{ticket}/close")
    assert diego.read(f"/v1/tickets/{ticket}")["status"] == "closed"
    assert ticket in [item["id"] for item in diego.read("/v1/tickets", limit=100)["items"]]
    assert texts(diego, ticket) == ["Ya lo resolví"]


def test_a_closed_ticket_can_be_opened_again_and_continued(enter: Enter):
    diego = enter("diego")
    ticket = new_ticket(diego)
    used = diego.read("/v1/quota")["used"]
    diego.post_ok(f"/v1/tickets/{ticket}/close")
    assert diego.post(f"/v1/tickets/{ticket}/messages", {"body": "Sigo"}).status_code == 409
    diego.post_ok(f"/v1/tickets/{ticket}/reopen")
    diego.post_ok(f"/v1/tickets/{ticket}/messages", {"body": "Sigo"})
    assert diego.read(f"/v1/tickets/{ticket}")["status"] == "open"
    assert diego.read("/v1/quota")["used"] == used
