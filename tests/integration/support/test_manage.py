"""Support manages one ticket: status, assignee, cause and resolution, and every change is in its timeline."""

from datetime import datetime

import pytest

from tests.integration.support.cases import SupportSetup
from tests.support.clients.jobs import drain


@pytest.fixture
def support(db, sign_in):
    return SupportSetup(db, sign_in)


@pytest.mark.parametrize("path", [["in_progress"], ["answered", "open"], ["in_progress", "answered"]])
def test_the_status_goes_where_support_puts_it(support, path):
    ticket = support.ticket()
    for status in path:
        assert support.managed(ticket, status=status)["status"] == status
    lines = [(kind, detail["from"], detail["to"]) for kind, detail in support.timeline(ticket, support.store)]
    assert lines == [("status", *step) for step in zip(["open", *path], path, strict=False)]


def test_the_store_is_notified_that_support_works_on_it(support):
    ticket = support.ticket()
    support.managed(ticket, status="in_progress")
    drain()
    [notice] = [n for n in support.store.walk("/v1/notifications") if n["ticket_id"] == ticket]
    assert notice["event"] == "ticket.status_changed"


def test_a_ticket_is_given_to_someone_and_taken_back(support):
    ticket = support.ticket()
    before = support.row(ticket)
    given = support.managed(ticket, assignee_id=str(support.nicolas))
    assert given["assignee"]["id"] == str(support.nicolas)
    assert datetime.fromisoformat(given["last_activity_at"]) == before.last_activity_at
    assert support.managed(ticket, assignee_id=None)["assignee"] is None
    lines = [
        (kind, detail["from"] and detail["from"]["id"], detail["to"] and detail["to"]["id"])
        for kind, detail in support.timeline(ticket)
    ]
    nicolas = str(support.nicolas)
    assert lines == [("assigned", None, nicolas), ("assigned", nicolas, None)]


def test_only_support_s_active_people_can_be_given_a_ticket(support, db):
    ticket = support.ticket()
    former = db.support()
    db.execute("UPDATE people SET active = false WHERE id = :id", id=former)
    for person in (support.shop.admin, former, ticket):
        answer = support.manage(ticket, status="in_progress", assignee_id=str(person))
        assert (answer.status_code, answer.json["code"]) == (422, "invalid")
        assert answer.json["errors"] == {"assignee_id": ["Debe ser uno de los de /v1/staff."]}
    assert support.row(ticket).status == "open"
    assert support.timeline(ticket) == []


def test_closing_names_the_cause_and_the_improvement(support):
    ticket = support.ticket()
    closed = support.managed(ticket, status="closed", cause="tone", resolution="Ajustamos el tono.")
    assert (closed["status"], closed["cause"], closed["resolution"]) == (
        "closed",
        "tone",
        "Ajustamos el tono.",
    )
    assert closed["closed_at"] is not None
    assert support.timeline(ticket, support.store) == [
        ("closed", {"cause": "tone", "resolution": "Ajustamos el tono."})
    ]
    assert [event for event, _ in support.events()].count("ticket.closed") == 1


@pytest.mark.parametrize(("cause", "back"), [("stale_data", 1), ("missing_store_information", 0), (None, 0)])
def test_closing_for_our_own_fault_gives_the_unit_back(support, cause, back):
    for ticket in (support.ticket(), support.generic()):
        before = support.remaining()
        support.managed(ticket, status="closed", cause=cause)
        drain()
        assert support.remaining() == before + back


def test_closing_again_after_a_reopening_gives_nothing_more_back(support):
    ticket = support.ticket()
    support.managed(ticket, status="closed", cause="stale_data")
    drain()
    before = support.remaining()
    assert support.store.post(f"/v1/tickets/{ticket}/reopen").status_code == 200
    support.managed(ticket, status="closed", cause="tone")
    drain()
    assert support.remaining() == before


def test_a_ticket_the_store_closed_can_be_explained_afterwards(support):
    ticket = support.ticket()
    assert support.store.post(f"/v1/tickets/{ticket}/close").status_code == 200
    before = support.remaining()
    explained = support.managed(ticket, cause="stale_data", resolution="Actualizamos el stock.")
    assert (explained["status"], explained["cause"]) == ("closed", "stale_data")
    assert support.timeline(ticket, support.store)[-1] == (
        "resolved",
        {"cause": "stale_data", "resolution": "Actualizamos el stock."},
    )
    drain()
    assert support.remaining() == before + 1


def test_correcting_the_cause_never_takes_a_unit_again(support):
    ticket = support.ticket()
    support.managed(ticket, status="closed", cause="stale_data")
    drain()
    before = support.remaining()
    support.managed(ticket, cause="answer_was_right")
    support.managed(ticket, cause="stale_data", status="closed")
    drain()
    assert support.remaining() == before


def test_a_cause_belongs_to_a_closed_ticket(support):
    ticket = support.ticket()
    answer = support.manage(ticket, cause="tone")
    assert (answer.status_code, answer.json["code"]) == (409, "ticket_not_closed")


def test_a_cause_that_is_not_on_the_list_is_refused(support, db):
    ticket = support.ticket()
    db.execute("UPDATE causes SET active = false WHERE code = 'other'")
    for cause in ("weather", "other"):
        answer = support.manage(ticket, status="closed", cause=cause)
        assert (answer.status_code, list(answer.json["errors"])) == (422, ["cause"])
    assert support.row(ticket).status == "open"


def test_another_status_of_a_closed_ticket_is_refused(support):
    ticket = support.ticket()
    support.managed(ticket, status="closed")
    answer = support.manage(ticket, status="in_progress")
    assert (answer.status_code, answer.json["code"]) == (409, "ticket_closed")


def test_a_ticket_that_waits_for_its_unit_is_not_managed(support):
    support.ticket()
    answer = support.manage(support.parked(), assignee_id=str(support.marina))
    assert (answer.status_code, answer.json["code"]) == (409, "ticket_not_open")


def test_what_is_so_already_changes_nothing(support):
    ticket = support.ticket()
    support.managed(ticket, status="in_progress", assignee_id=str(support.marina))
    before, published = support.row(ticket), support.events()
    support.managed(ticket, status="in_progress", assignee_id=str(support.marina))
    assert (support.row(ticket), support.events()) == (before, published)
    assert len(support.timeline(ticket)) == 2


@pytest.mark.parametrize(
    "changes",
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
def test_what_cannot_be_understood_is_refused(support, changes):
    ticket = support.ticket()
    assert support.patch(ticket, changes, {"If-Match": "*"}).status_code == 422


def test_a_store_manages_nothing(support):
    ticket = support.ticket()
    assert support.manage(ticket, by=support.store, status="in_progress").status_code == 403
    assert support.row(ticket).status == "open"


def test_what_does_not_exist_is_not_found(support):
    answer = support.patch(str(support.marina), {"status": "open"}, {"If-Match": "*"})
    assert answer.status_code == 404
