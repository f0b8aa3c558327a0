"""Counts per status for the filter bar: under the other filters, bounded, and honest about it."""

from typing import Any

import pytest

from services.ticket_api.tickets.lists import counts
from tests.integration.http.problems import problem
from tests.support.clients.http import Client


def counted(client: Client, **filters: Any) -> dict[str, int]:
    items = client.read("/v1/tickets/counts", **filters)["items"]
    assert [item["status"] for item in items] == [
        "pending",
        "parked",
        "open",
        "in_progress",
        "answered",
        "closed",
    ]
    return {item["status"]: item["count"] for item in items if item["count"] or item["capped"]}


@pytest.fixture
def few_counted(monkeypatch):
    """Counting takes in three tickets per status, not thousands."""
    monkeypatch.setattr(counts, "INDEX_LIMIT", 3)
    monkeypatch.setattr(counts, "RESIDUAL_LIMIT", 3)
    counts._statement.cache_clear()
    yield
    counts._statement.cache_clear()


def test_each_status_is_counted_whatever_status_is_asked_for(db, ticket_factory, shop, admin, staff):
    for status in ["open", "open", "closed", "parked"]:
        ticket_factory.generic(shop, status=status)
    ticket_factory.generic(db.shop(), status="answered")
    own = {"open": 2, "closed": 1, "parked": 1}
    assert counted(admin) == counted(admin, status="closed") == own
    assert counted(staff) == own | {"answered": 1}
    assert counted(staff, store_id=shop.id) == own


def test_the_other_filters_hold(db, ticket_factory, shop, admin, staff):
    ticket_factory.rated(shop, "¿Traen alfombras?", verdict="improvable", origin="test", status="closed")
    ticket_factory.rated(shop, "¿Traen alfombras?", status="closed")
    ticket_factory.generic(shop, assignee_id=db.support())
    for client in (admin, staff):
        assert counted(client, verdict="improvable") == {"closed": 1}
        assert counted(client, origin="history") == {"closed": 1}
        assert counted(client, kind="generic") == {"open": 1}
        assert counted(client, number=2) == {"closed": 1}
        assert counted(client, q="alfombra") == {"closed": 2}
        assert counted(client, q="alfombra", origin="test") == {"closed": 1}
    assert counted(admin, unread="true") == {}
    assert counted(staff, unread="true") == {"closed": 2, "open": 1}
    assert counted(staff, assignee="none") == {"closed": 2}


@pytest.mark.usefixtures("few_counted")
def test_where_there_are_too_many_a_count_says_at_least(ticket_factory, shop, admin, staff):
    for number in range(7):
        ticket_factory.generic(shop, "Hola", status="closed" if number % 2 else "open", verdict="improvable")
    ticket_factory.generic(shop, "Hola", status="answered")
    for client in (admin, staff):
        for filters in ({}, {"verdict": "improvable"}):
            items = {item["status"]: item for item in client.read("/v1/tickets/counts", **filters)["items"]}
            assert items["open"] == {"status": "open", "count": 3, "capped": True}
            assert items["closed"] == {"status": "closed", "count": 3, "capped": True}
            assert items["parked"] == {"status": "parked", "count": 0, "capped": False}
        found = client.read("/v1/tickets/counts", q="hola")["items"]
        assert {item["capped"] for item in found if item["count"]} == {True}
        assert sum(item["count"] for item in found) == 3


def test_counts_take_no_page_and_no_order(admin):
    for name in ("limit", "cursor", "sort"):
        assert list(problem(admin.get("/v1/tickets/counts", **{name: "1"}), 422, "invalid")["errors"]) == [
            name
        ]
