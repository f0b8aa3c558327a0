"""Each filter of the list alone, several together, and what each person has not read."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.integration.http.problems import problem
from tests.support.factories.tickets import MOMENT, listed

STATUSES = ["pending", "parked", "open", "in_progress", "answered", "closed"]


def test_no_filter_lists_all_latest_activity_first(ticket_factory, shop, admin):
    tickets = [
        ticket_factory.generic(shop),
        ticket_factory.rated(shop),
        ticket_factory.generic(shop, status="closed"),
    ]
    assert listed(admin) == tickets[::-1]


@pytest.mark.parametrize("status", STATUSES)
def test_status_shows_those_of_that_status(ticket_factory, shop, admin, staff, status):
    tickets = {each: ticket_factory.generic(shop, status=each) for each in STATUSES}
    assert listed(admin, status=status) == listed(staff, status=status) == [tickets[status]]


def test_several_statuses_are_merged_in_one_order(ticket_factory, shop, admin, staff):
    tickets = [
        ticket_factory.generic(shop, status=status)
        for status in ["open", "closed", "answered", "open", "closed"]
    ]
    expected = [tickets[4], tickets[3], tickets[1], tickets[0]]
    for client in (admin, staff):
        assert listed(client, status=["open", "closed"], limit=1) == expected


FOUND = {
    ("verdict", "improvable"): 0,
    ("verdict", "incorrect"): 1,
    ("kind", "question"): 0,
    ("kind", "generic"): 1,
    ("origin", "test"): 0,
    ("origin", "pending"): None,
    ("number", "2"): 1,
    ("number", "3"): None,
}


@pytest.mark.parametrize("asked", FOUND, ids=str)
def test_a_filter_shows_what_meets_it(ticket_factory, shop, admin, staff, asked):
    tickets = [ticket_factory.rated(shop, verdict="improvable", origin="test"), ticket_factory.generic(shop)]
    index = FOUND[asked]
    expected = [] if index is None else [str(tickets[index])]
    for client in (admin, staff):
        assert [item["id"] for item in client.walk("/v1/tickets", **dict([asked]))] == expected


def test_created_from_is_included_and_created_to_is_not(ticket_factory, shop, admin, staff):
    first, second, third = (ticket_factory.generic(shop) for _ in range(3))
    moment = (MOMENT + timedelta(hours=2)).isoformat()
    for client in (admin, staff):
        assert listed(client, created_from=moment) == [third, second]
        assert listed(client, created_to=moment) == [first]
        assert listed(client, created_from=moment, created_to=moment) == []


def test_created_asks_for_the_creation_whatever_happened_later(ticket_factory, shop, admin):
    old = ticket_factory.generic(shop, last_activity_at=MOMENT + timedelta(days=90))
    moment = (MOMENT + timedelta(days=30)).isoformat()
    assert listed(admin, created_from=moment) == []
    assert listed(admin, created_to=moment) == [old]


def test_filters_together_show_what_meets_all_of_them(ticket_factory, shop, admin, staff):
    expected = ticket_factory.rated(
        shop, "¿Hacen envíos?", verdict="improvable", origin="test", status="closed"
    )
    ticket_factory.rated(shop, "¿Hacen envíos?", verdict="incorrect", origin="test", status="closed")
    ticket_factory.rated(shop, "¿Hacen envíos?", verdict="improvable", origin="history", status="closed")
    ticket_factory.rated(shop, "¿Hacen envíos?", verdict="improvable", origin="test", status="open")
    ticket_factory.rated(shop, "¿Tienen stock?", verdict="improvable", origin="test", status="closed")
    filters = {
        "status": ["closed", "answered"],
        "verdict": "improvable",
        "kind": "question",
        "origin": "test",
        "unread": "false",
        "q": "envío",
        "created_from": MOMENT.isoformat(),
        "created_to": (MOMENT + timedelta(days=1)).isoformat(),
    }
    assert listed(admin, **filters) == [expected]
    assert listed(staff, **filters | {"unread": "true", "store_id": shop.id, "assignee": "none"}) == [
        expected
    ]
    for sort in ("last_activity", "number"):
        assert listed(admin, **filters, number=1, sort=sort) == [expected]
        assert listed(admin, **filters, number=2, sort=sort) == []


def test_support_chooses_a_store_and_an_assignee(db, sign_in, ticket_factory, shop, staff):
    other, colleague = db.shop(), db.support()
    mine = ticket_factory.generic(shop, assignee_id=colleague)
    free = ticket_factory.generic(shop)
    elsewhere = ticket_factory.generic(other, assignee_id=colleague, status="closed")
    assert listed(staff) == [elsewhere, free, mine]
    assert listed(staff, store_id=shop.id) == [free, mine]
    assert listed(staff, store_id=uuid4()) == []
    assert listed(staff, assignee=colleague) == [elsewhere, mine]
    assert listed(staff, assignee=colleague, status="closed") == [elsewhere]
    assert listed(staff, assignee=colleague, store_id=shop.id) == [mine]
    assert listed(staff, assignee="none") == [free]
    assert listed(staff, assignee=colleague, sort="number", verdict="incorrect") == [elsewhere, mine]


@pytest.mark.parametrize("name", ["store_id", "assignee"])
def test_those_two_are_supports_alone(shop, admin, name):
    for value in (shop.id, uuid4()):
        assert "Soporte" in problem(admin.get("/v1/tickets", **{name: value}), 403, "forbidden")["detail"]


@pytest.mark.parametrize(
    "query",
    [
        {"status": "lost"},
        {"status": ["open", "lost"]},
        {"verdict": "correct"},
        {"unread": "perhaps"},
        {"created_from": "yesterday"},
        {"created_to": "2026-03-01T00:00:00"},
        {"number": "0"},
        {"number": str(10**30)},
        {"q": ""},
        {"q": "a" * 201},
        {"sort": "colour"},
        {"assignee": "nobody"},
        {"store_id": "1"},
    ],
    ids=str,
)
def test_a_value_that_is_none_is_refused_by_name(admin, query):
    [name] = query
    for path in ("/v1/tickets", "/v1/tickets/export.csv"):
        assert list(problem(admin.get(path, **query), 422, "invalid")["errors"]) == [name]
