"""Support manages one ticket: status, assignee, cause and resolution, and every change is told."""

from datetime import datetime

import pytest

from tests.integration.support.cases import Desk
from tests.support.clients.jobs import drain


@pytest.fixture
def desk(world, sign_in):
    return Desk(world, sign_in)


@pytest.mark.parametrize("path", [["in_progress"], ["answered", "open"], ["in_progress", "answered"]])
def test_the_status_goes_where_support_puts_it(desk, path):
    ticket = desk.ticket()
    for status in path:
        assert desk.managed(ticket, status=status)["status"] == status
    lines = [(kind, detail["from"], detail["to"]) for kind, detail in desk.timeline(ticket, desk.store)]
    assert lines == [("status", *step) for step in zip(["open", *path], path, strict=False)]


def test_the_store_is_told_that_support_works_on_it(desk):
    ticket = desk.ticket()
    desk.managed(ticket, status="in_progress")
    drain()
    [notice] = [n for n in desk.store.walk("/v1/notifications") if n["ticket_id"] == ticket]
    assert notice["event"] == "ticket.status_changed"


def test_a_ticket_is_given_to_someone_and_taken_back(desk):
    ticket = desk.ticket()
    before = desk.row(ticket)
    given = desk.managed(ticket, assignee_id=str(desk.nicolas))
    assert given["assignee"]["id"] == str(desk.nicolas)
    assert datetime.fromisoformat(given["last_activity_at"]) == before.last_activity_at
    assert desk.managed(ticket, assignee_id=None)["assignee"] is None
    lines = [
        (kind, detail["from"] and detail["from"]["id"], detail["to"] and detail["to"]["id"])
        for kind, detail in desk.timeline(ticket)
    ]
    nicolas = str(desk.nicolas)
    assert lines == [("assigned", None, nicolas), ("assigned", nicolas, None)]


def test_only_support_s_active_people_can_be_given_a_ticket(desk, world):
    ticket = desk.ticket()
    gone = world.support()
    world.execute("UPDATE people SET active = false WHERE id = :id", id=gone)
    for person in (desk.shop.admin, gone, ticket):
        answer = desk.manage(ticket, status="in_progress", assignee_id=str(person))
        assert (answer.status_code, answer.json["code"]) == (422, "invalid")
        assert answer.json["errors"] == {"assignee_id": ["Debe ser uno de los de /v1/staff."]}
    assert desk.row(ticket).status == "open"
    assert desk.timeline(ticket) == []


def test_closing_names_the_cause_and_the_improvement(desk):
    ticket = desk.ticket()
    closed = desk.managed(ticket, status="closed", cause="tone", resolution="Ajustamos el tono.")
    assert (closed["status"], closed["cause"], closed["resolution"]) == (
        "closed",
        "tone",
        "Ajustamos el tono.",
    )
    assert closed["closed_at"] is not None
    assert desk.timeline(ticket, desk.store) == [
        ("closed", {"cause": "tone", "resolution": "Ajustamos el tono."})
    ]
    assert [event for event, _ in desk.events()].count("ticket.closed") == 1


@pytest.mark.parametrize(("cause", "back"), [("stale_data", 1), ("missing_store_information", 0), (None, 0)])
def test_closing_for_our_own_fault_gives_the_unit_back(desk, cause, back):
    for ticket in (desk.ticket(), desk.generic()):
        before = desk.remaining()
        desk.managed(ticket, status="closed", cause=cause)
        drain()
        assert desk.remaining() == before + back


def test_closing_again_after_a_reopening_gives_nothing_more_back(desk):
    ticket = desk.ticket()
    desk.managed(ticket, status="closed", cause="stale_data")
    drain()
    before = desk.remaining()
    assert desk.store.post(f"/v1/tickets/{ticket}/reopen").status_code == 200
    desk.managed(ticket, status="closed", cause="tone")
    drain()
    assert desk.remaining() == before


def test_a_ticket_the_store_closed_can_be_explained_afterwards(desk):
    ticket = desk.ticket()
    assert desk.store.post(f"/v1/tickets/{ticket}/close").status_code == 200
    before = desk.remaining()
    explained = desk.managed(ticket, cause="stale_data", resolution="Actualizamos el stock.")
    assert (explained["status"], explained["cause"]) == ("closed", "stale_data")
    assert desk.timeline(ticket, desk.store)[-1] == (
        "resolved",
        {"cause": "stale_data", "resolution": "Actualizamos el stock."},
    )
    drain()
    assert desk.remaining() == before + 1


def test_correcting_the_cause_never_takes_a_unit_again(desk):
    ticket = desk.ticket()
    desk.managed(ticket, status="closed", cause="stale_data")
    drain()
    before = desk.remaining()
    desk.managed(ticket, cause="answer_was_right")
    desk.managed(ticket, cause="stale_data", status="closed")
    drain()
    assert desk.remaining() == before


def test_a_cause_belongs_to_a_closed_ticket(desk):
    ticket = desk.ticket()
    answer = desk.manage(ticket, cause="tone")
    assert (answer.status_code, answer.json["code"]) == (409, "ticket_not_closed")


def test_a_cause_that_is_not_on_the_list_is_refused(desk, world):
    ticket = desk.ticket()
    world.execute("UPDATE causes SET active = false WHERE code = 'other'")
    for cause in ("weather", "other"):
        answer = desk.manage(ticket, status="closed", cause=cause)
        assert (answer.status_code, list(answer.json["errors"])) == (422, ["cause"])
    assert desk.row(ticket).status == "open"


def test_another_status_of_a_closed_ticket_is_refused(desk):
    ticket = desk.ticket()
    desk.managed(ticket, status="closed")
    answer = desk.manage(ticket, status="in_progress")
    assert (answer.status_code, answer.json["code"]) == (409, "ticket_closed")


def test_a_ticket_that_waits_for_its_unit_is_not_managed(desk):
    desk.ticket()
    answer = desk.manage(desk.parked(), assignee_id=str(desk.marina))
    assert (answer.status_code, answer.json["code"]) == (409, "ticket_not_open")


def test_what_is_so_already_changes_nothing(desk):
    ticket = desk.ticket()
    desk.managed(ticket, status="in_progress", assignee_id=str(desk.marina))
    before, told = desk.row(ticket), desk.events()
    desk.managed(ticket, status="in_progress", assignee_id=str(desk.marina))
    assert (desk.row(ticket), desk.events()) == (before, told)
    assert len(desk.timeline(ticket)) == 2


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"status": "parked"},
        {"status": "pending"},
        {"status": None},
        {"colour": "red"},
        {"assignee_id": "ana"},
        {"resolution": ""},
        {"resolution": "x" * 20_001},
    ],
)
def test_what_cannot_be_understood_is_refused(desk, wanted):
    ticket = desk.ticket()
    assert desk.patch(ticket, wanted, {"If-Match": "*"}).status_code == 422


def test_a_store_manages_nothing(desk):
    ticket = desk.ticket()
    assert desk.manage(ticket, by=desk.store, status="in_progress").status_code == 403
    assert desk.row(ticket).status == "open"


def test_what_does_not_exist_is_not_found(desk):
    answer = desk.patch(str(desk.marina), {"status": "open"}, {"If-Match": "*"})
    assert answer.status_code == 404
