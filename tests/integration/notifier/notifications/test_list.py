"""The notifications section: what a person was notified of, in their language, read or not."""

from uuid import uuid4

import pytest

from tests.support.clients.jobs import drain


@pytest.fixture
def notified(db, sign_in):
    """A support person who was notified of three tickets, one after the other."""
    staff, shop = db.support(), db.shop()
    for question in db.questions(shop, 3):
        sign_in(shop.seller).rate_ok(question)
        drain()
    return sign_in(staff)


def test_the_latest_comes_first_with_the_number_of_unread_ones(notified):
    page = notified.read("/v1/notifications", limit=2)
    assert [item["text"] for item in page["items"]] == ["Nuevo ticket n.º 3", "Nuevo ticket n.º 2"]
    assert page["unread_count"] == 3
    assert len(notified.walk("/v1/notifications", limit=2)) == 3


def test_one_says_which_ticket_it_is_about(notified):
    [item, *_] = notified.read("/v1/notifications")["items"]
    ticket = notified.read(f"/v1/tickets/{item['ticket_id']}")
    assert ticket["number"] == 3
    assert (item["event"], item["count"], item["read_at"]) == ("ticket.opened", 1, None)


def test_english_is_spoken_to_who_asks_for_it(db, sign_in):
    shop = db.shop(units=0)
    sign_in(shop.seller).rate_ok(db.question(shop))
    drain()
    [spanish] = sign_in(shop.admin).read("/v1/notifications")["items"]
    [english] = sign_in(shop.admin, language="en-GB,en;q=0.9").read("/v1/notifications")["items"]
    assert spanish["text"].startswith("Una calificación quedó en espera: ")
    assert english["text"].startswith("A rating had to wait: ")
    assert spanish["id"] == english["id"]


def test_some_can_be_marked_read(notified):
    first, second, third = (item["id"] for item in notified.read("/v1/notifications")["items"])
    assert notified.post("/v1/notifications/read", {"ids": [first, third]}).json == {"unread_count": 1}
    assert [item["id"] for item in notified.walk("/v1/notifications", unread="true")] == [second]
    assert {item["id"] for item in notified.walk("/v1/notifications", unread="false")} == {first, third}


def test_all_can_be_marked_read(notified):
    assert notified.post("/v1/notifications/read").json == {"unread_count": 0}
    assert notified.walk("/v1/notifications", unread="true") == []
    assert len(notified.walk("/v1/notifications")) == 3


def test_nobody_marks_or_sees_anothers(notified, db, sign_in):
    ids = [item["id"] for item in notified.read("/v1/notifications")["items"]]
    other = sign_in(db.support())
    assert other.walk("/v1/notifications") == []
    assert other.post("/v1/notifications/read", {"ids": [*ids, str(uuid4())]}).status_code == 200
    assert notified.read("/v1/notifications")["unread_count"] == 3
