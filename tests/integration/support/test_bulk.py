"""One action for many tickets, each of which succeeds or fails by itself."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.integration.support.cases import SupportSetup
from tests.support.clients.jobs import drain
from tests.support.statements import statements


@pytest.fixture
def support(db, sign_in):
    return SupportSetup(db, sign_in)


def results(answer: TestResponse) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {item["ticket_id"]: item["result"] for item in (answer.json or {})["items"]}


def test_two_hundred_mixed_tickets_get_a_result_each(support):
    good = support.tickets(170)
    closed = support.tickets(10)
    for ticket in closed:
        support.store.post(f"/v1/tickets/{ticket}/close")
    parked = [support.parked() for _ in range(5)]
    unknown = [str(uuid4()) for _ in range(15)]
    named = [ticket for group in zip(*[iter(good)] * 17, strict=True) for ticket in group]
    named = [*closed, *named[:85], *unknown, *named[85:], *parked]
    drain()
    before = support.remaining()
    answer = support.client.post(
        "/v1/tickets/bulk",
        {"action": "close", "ticket_ids": named, "cause": "stale_data", "resolution": "Stock al día."},
    )
    assert [item["ticket_id"] for item in answer.json["items"]] == named
    result = results(answer)
    assert Counter(result.values()) == {
        "done": 170,
        "ticket_closed": 10,
        "ticket_not_open": 5,
        "not_found": 15,
    }
    assert {ticket for ticket, what in result.items() if what == "done"} == set(good)
    assert all(item["detail"] is None for item in answer.json["items"] if item["result"] == "done")
    assert answer.json["items"][0]["detail"] == "El ticket está cerrado; ábrelo de nuevo para continuar."
    rows = support.db.all(
        "SELECT DISTINCT status, cause, resolution FROM tickets WHERE id = ANY(:ids)", ids=good
    )
    assert [tuple(row) for row in rows] == [("closed", "stale_data", "Stock al día.")]
    assert support.db.count("timeline", "kind = 'closed' AND ticket_id = ANY(:ids)", ids=good) == 170
    assert Counter(support.events())["quota.refund_due", "quota.refund"] == 170
    drain()
    assert support.remaining() == before + 170


def test_many_are_given_to_one_person(support):
    tickets = support.tickets(5)
    support.managed(tickets[0], assignee_id=str(support.nicolas))
    support.managed(tickets[1], status="closed")
    payload = {"action": "assign", "ticket_ids": tickets, "assignee_id": str(support.nicolas)}
    assert set(results(support.client.post("/v1/tickets/bulk", payload)).values()) == {"done"}
    assert {support.row(ticket).assignee_id for ticket in tickets} == {support.nicolas}
    assert support.db.count("timeline", "kind = 'assigned'") == 5
    assert set(results(support.client.post("/v1/tickets/bulk", payload | {"assignee_id": None}))) == set(
        tickets
    )
    assert {support.row(ticket).assignee_id for ticket in tickets} == {None}


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"action": "close", "ticket_ids": []}, "ticket_ids"),
        ({"action": "close", "ticket_ids": ["T", "T"]}, "ticket_ids"),
        ({"action": "close", "ticket_ids": [str(uuid4()) for _ in range(201)]}, "ticket_ids"),
        ({"action": "close"}, "ticket_ids"),
        ({"action": "delete", "ticket_ids": ["T"]}, "action"),
        ({"action": "assign", "ticket_ids": ["T"]}, "assignee_id"),
        ({"action": "assign", "ticket_ids": ["T"], "assignee_id": None, "cause": "tone"}, "cause"),
        ({"action": "assign", "ticket_ids": ["T"], "assignee_id": "T"}, "assignee_id"),
        ({"action": "close", "ticket_ids": ["T"], "assignee_id": None}, "assignee_id"),
        ({"action": "close", "ticket_ids": ["T"], "cause": "weather"}, "cause"),
        ({"action": "close", "ticket_ids": ["T"], "colour": "red"}, "colour"),
    ],
)
def test_an_action_that_makes_no_sense_changes_nothing(support, payload, field):
    ticket = support.ticket()
    filled = {
        name: [ticket if each == "T" else each for each in value]
        if isinstance(value, list)
        else (ticket if value == "T" else value)
        for name, value in payload.items()
    }
    answer = support.client.post("/v1/tickets/bulk", filled)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert (support.row(ticket).status, support.row(ticket).version) == ("open", 1)


def test_the_same_call_under_the_same_key_is_answered_as_the_first_time(support):
    payload = {"action": "close", "ticket_ids": support.tickets(2)}
    key = {"Idempotency-Key": "cerrar-dos"}
    first, again = (
        support.client.call("POST", "/v1/tickets/bulk", json=payload, headers=key) for _ in range(2)
    )
    assert first.json == again.json
    assert set(results(again).values()) == {"done"}


def test_a_store_has_no_bulk_action(support):
    payload = {"action": "close", "ticket_ids": [support.ticket()]}
    assert support.store.post("/v1/tickets/bulk", payload).status_code == 403


def test_bulk_actions_on_the_same_tickets_at_once_close_each_once(support):
    tickets = support.tickets(30)
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda number: support.client.post(
                    "/v1/tickets/bulk",
                    {"action": "close", "ticket_ids": tickets[:: -1 if number % 2 else 1], "cause": "tone"},
                ),
                range(4),
            )
        )
    counts = Counter(result for answer in answers for result in results(answer).values())
    assert counts == {"done": 30, "ticket_closed": 90}
    assert support.db.count("timeline", "kind = 'closed'") == 30


def test_the_number_of_statements_does_not_grow_with_the_tickets(support):
    def asked_for(tickets: list[str]) -> int:
        payload = {"action": "close", "ticket_ids": tickets, "cause": "stale_data"}
        with statements() as asked:
            results(support.client.post("/v1/tickets/bulk", payload))
        return len(asked)

    few, many = support.tickets(2), support.tickets(60)
    assert asked_for(many) == asked_for(few)
