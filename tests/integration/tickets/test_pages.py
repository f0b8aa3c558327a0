"""Pages: opaque cursors that nobody can make or bend, stable while tickets change."""

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.ticket_api.tickets.lists import queries
from tests.integration.http.problems import problem
from tests.support.clients.http import Client
from tests.support.factories.tickets import MOMENT, listed


@pytest.fixture
def few_looks(monkeypatch):
    """A look takes in three candidates, not thousands."""
    monkeypatch.setattr(queries, "SCAN_LIMIT", 3)
    queries._page.cache_clear()
    yield
    queries._page.cache_clear()


def page(client: Client, **query: Any) -> tuple[list[UUID], str | None]:
    answer = client.read("/v1/tickets", **query)
    return [UUID(item["id"]) for item in answer["items"]], answer["next_cursor"]


@pytest.mark.parametrize("sort", ["last_activity", "number"])
@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_of_any_size_hold_each_ticket_once_in_order(ticket_factory, shop, admin, staff, sort, limit):
    tickets = [ticket_factory.generic(shop) for _ in range(5)]
    for client in (admin, staff):
        assert listed(client, sort=sort, limit=limit) == tickets[::-1]


def test_tickets_of_one_moment_are_distinguished(ticket_factory, shop, admin):
    tickets = [ticket_factory.generic(shop, last_activity_at=MOMENT) for _ in range(5)]
    assert listed(admin, limit=2) == sorted(tickets, reverse=True)


def test_sorted_by_number_activity_changes_nothing(db, ticket_factory, shop, admin):
    first, second = ticket_factory.generic(shop), ticket_factory.generic(shop)
    db.execute("UPDATE tickets SET last_activity_at = now() WHERE id = :id", id=first)
    assert listed(admin, sort="number") == [second, first]
    assert listed(admin, sort="last_activity") == [first, second]


def test_while_tickets_change_the_others_come_once_each(db, ticket_factory, shop, admin):
    tickets = [ticket_factory.generic(shop) for _ in range(6)]
    seen, cursor = page(admin, limit=2)
    # One already shown and one still to come are written in; a new one is opened.
    for moved in (tickets[5], tickets[1]):
        assert admin.post(f"/v1/tickets/{moved}/messages", {"body": "Hola"}).status_code == 201
    ticket_factory.generic(shop, last_activity_at=MOMENT + timedelta(days=900))
    while cursor:
        more, cursor = page(admin, limit=2, cursor=cursor)
        seen += more
    assert seen == [tickets[5], tickets[4], tickets[3], tickets[2], tickets[0]]


def test_a_cursor_stands_for_a_place_even_when_its_ticket_is_gone_from_there(db, ticket_factory, shop, admin):
    tickets = [ticket_factory.generic(shop) for _ in range(4)]
    _, cursor = page(admin, limit=2)
    db.execute(
        "UPDATE tickets SET status = 'answered', last_activity_at = now() WHERE id = :id", id=tickets[2]
    )
    assert page(admin, limit=2, cursor=cursor) == ([tickets[1], tickets[0]], None)


@pytest.mark.parametrize(
    "others",
    [
        {"status": "open"},
        {"sort": "number"},
        {"q": "ayudar"},
        {"unread": "true"},
        {"status": ["open", "closed"]},
    ],
    ids=str,
)
def test_a_cursor_of_other_filters_or_another_order_is_refused(ticket_factory, shop, admin, others):
    for _ in range(3):
        ticket_factory.generic(shop)
    _, cursor = page(admin, limit=1)
    problem(admin.get("/v1/tickets", limit=1, cursor=cursor, **others), 400, "invalid_cursor")
    assert page(admin, limit=2, cursor=cursor)[0]


def test_a_cursor_of_another_store_is_refused(db, sign_in, ticket_factory, shop, admin):
    for _ in range(3):
        ticket_factory.generic(shop)
    _, cursor = page(admin, limit=1)
    problem(sign_in(db.shop().admin).get("/v1/tickets", cursor=cursor), 400, "invalid_cursor")


def test_a_cursor_that_was_bent_is_refused(ticket_factory, shop, admin):
    for _ in range(3):
        ticket_factory.generic(shop)
    _, cursor = page(admin, limit=1)
    assert cursor is not None
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[-3] ^= 1
    bent = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    for wrong in (bent, cursor[:-2], "x", "..", "%00"):
        problem(admin.get("/v1/tickets", cursor=wrong), 400, "invalid_cursor")


@pytest.mark.usefixtures("few_looks")
def test_a_look_through_many_for_few_goes_on_from_where_it_ended(ticket_factory, shop, admin, staff):
    rare = ticket_factory.generic(shop, verdict="improvable")
    for _ in range(7):
        ticket_factory.generic(shop)
    for client in (admin, staff):
        filters = {"verdict": "improvable", "limit": 5}
        first, cursor = page(client, **filters)
        assert (first, cursor is None) == ([], False)
        assert listed(client, **filters) == [rare]


@pytest.mark.usefixtures("few_looks")
def test_where_a_look_ends_no_ticket_is_lost_or_doubled(ticket_factory, shop, admin, staff):
    tickets = [
        ticket_factory.generic(shop, verdict=verdict)
        for verdict in ["improvable", "incorrect", "incorrect"] * 4
    ]
    expected = tickets[::3][::-1]
    for client in (admin, staff):
        for limit in (1, 2, 5):
            for sort in ("last_activity", "number"):
                assert listed(client, verdict="improvable", limit=limit, sort=sort) == expected
                assert listed(client, verdict="improvable", q="ayudarnos", limit=limit, sort=sort) == expected
