"""Reading tickets over HTTP: who sees which, in what order, page by page."""

from typing import Any
from uuid import uuid4

import pytest

from tests.integration.conftest import SignIn
from tests.integration.http.problems import problem
from tests.support.clients.jobs import drain
from tests.support.factories.database import Database, StoreFixture


def open_tickets(db: Database, sign_in: SignIn, shop: StoreFixture, count: int) -> list[str]:
    """Tickets of a store, one after the other; their ids, latest activity first."""
    for question in db.questions(shop, count):
        sign_in(shop.seller).rate_ok(question, comment="Revisar")
        drain()
    return [str(each) for each in db.column("SELECT id FROM tickets ORDER BY last_activity_at DESC, id DESC")]


def ids(items: list[Any]) -> list[str]:
    return [item["id"] for item in items]


def test_tickets_come_latest_activity_first_page_by_page_each_once(db, sign_in):
    shop = db.shop()
    expected = open_tickets(db, sign_in, shop, 5)
    assert ids(sign_in(shop.admin).walk("/v1/tickets", limit=2)) == expected


def test_tickets_of_the_same_moment_are_not_lost_between_pages(db, sign_in):
    shop = db.shop()
    expected = open_tickets(db, sign_in, shop, 5)
    db.execute("UPDATE tickets SET last_activity_at = now()")
    assert sorted(ids(sign_in(shop.admin).walk("/v1/tickets", limit=2))) == sorted(expected)


def test_the_status_filters(db, sign_in):
    shop = db.shop()
    ticket, *_ = open_tickets(db, sign_in, shop, 2)
    db.execute("UPDATE tickets SET status = 'answered' WHERE id = :id", id=ticket)
    admin = sign_in(shop.admin)
    assert ids(admin.walk("/v1/tickets", status="answered")) == [ticket]
    assert len(admin.walk("/v1/tickets", status="open")) == 1
    assert admin.walk("/v1/tickets", status="parked") == []
    assert list(problem(admin.get("/v1/tickets", status="lost"), 422, "invalid")["errors"]) == ["status"]


@pytest.mark.parametrize("part", ["", "/messages", "/timeline"])
def test_another_stores_ticket_is_as_one_that_does_not_exist(db, sign_in, part):
    [ticket] = open_tickets(db, sign_in, db.shop(), 1)
    stranger = sign_in(db.shop().admin)
    assert stranger.walk("/v1/tickets") == []
    hidden = problem(stranger.get(f"/v1/tickets/{ticket}{part}"), 404, "not_found")
    missing = problem(stranger.get(f"/v1/tickets/{uuid4()}{part}"), 404, "not_found")
    assert hidden == missing


@pytest.mark.parametrize("part", ["", "/{ticket}", "/{ticket}/messages", "/{ticket}/timeline"])
def test_tickets_need_the_ticket_module(db, sign_in, part):
    shop = db.shop()
    [ticket] = open_tickets(db, sign_in, shop, 1)
    body = problem(sign_in(shop.seller).get("/v1/tickets" + part.format(ticket=ticket)), 403, "forbidden")
    assert "Administrador" in body["detail"]


def test_support_sees_every_stores_tickets(db, sign_in):
    shops = [db.shop(), db.shop()]
    for shop in shops:
        open_tickets(db, sign_in, shop, 1)
    staff = sign_in(db.support())
    listed = staff.walk("/v1/tickets")
    assert {ticket["store"]["id"] for ticket in listed} == {str(shop.id) for shop in shops}
    for ticket in listed:
        assert staff.read(f"/v1/tickets/{ticket['id']}")["question"] is not None
        assert [message["body"] for message in staff.walk(f"/v1/tickets/{ticket['id']}/messages")] == [
            "Revisar"
        ]


def test_a_tickets_messages_cursor_is_not_anothers(db, sign_in):
    shop = db.shop()
    one, other = open_tickets(db, sign_in, shop, 2)
    admin = sign_in(shop.admin)
    for ticket in (one, other):
        question = db.one("SELECT question_id FROM tickets WHERE id = :id", id=ticket)
        sign_in(shop.manager).rate_ok(question, "improvable")
    cursor = admin.read(f"/v1/tickets/{one}/timeline", limit=1)["next_cursor"]
    assert len(admin.read(f"/v1/tickets/{one}/timeline", limit=1, cursor=cursor)["items"]) == 1
    problem(admin.get(f"/v1/tickets/{other}/timeline", cursor=cursor), 400, "invalid_cursor")
    problem(admin.get(f"/v1/tickets/{one}/messages", cursor=cursor), 400, "invalid_cursor")


def test_who_was_let_go_is_signed_out_at_once(db, sign_in):
    shop = db.shop()
    admin = sign_in(shop.admin)
    assert admin.get("/v1/tickets").status_code == 200
    db.execute("UPDATE people SET active = false WHERE id = :id", id=shop.admin)
    problem(admin.get("/v1/tickets"), 401, "unauthorized")


def test_a_role_taken_away_is_gone_at_once(db, sign_in):
    shop = db.shop()
    admin = sign_in(shop.admin)
    db.execute("UPDATE people SET roles = '{}' WHERE id = :id", id=shop.admin)
    problem(admin.get("/v1/tickets"), 403, "forbidden")
